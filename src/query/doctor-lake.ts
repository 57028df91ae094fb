import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../engine.ts';
import { messageOf } from '../errors.ts';
import {
  checkpointVersion,
  dataPath,
  loadSnapshot,
  logFolder,
  readCheckpoint,
  type Snapshot,
  type Storage,
  tableFolder,
} from '../lake/index.ts';
import type { Finding } from './doctor.ts';
import { leftoversOf } from './leftovers.ts';

/** Whether the log can be followed, its newest checkpoint read, and whether crashes left files behind. */
export async function examineLake(
  storage: Storage,
  engine: Engine,
  now: number = Date.now(),
): Promise<readonly Finding[]> {
  const { version, files } = await loadSnapshot(storage, engine);
  const found = version < 0 ? 'nothing was compacted yet' : `version ${version}, live files: ${files.size}`;
  return [
    { state: 'ok', of: 'lake', found },
    ...(await filesThatAreOthers(storage, files)),
    ...(await newestCheckpoint(storage, engine)),
    ...(await links(storage)),
    ...(await leftovers(storage, now)),
  ];
}

/** Live files that are not there, or not as long as the log says. What is in them `verify` looks at. */
async function filesThatAreOthers(storage: Storage, files: Snapshot['files']): Promise<readonly Finding[]> {
  const others: string[] = [];
  for (const { path, size } of files.values()) {
    const found = await storage.stat(dataPath(path));
    if (found?.bytes !== size) others.push(dataPath(path));
  }
  if (others.length === 0) return [];
  const remedy =
    'Queries fail by it. `siltstone repair` says whether the inbox still has their lines, and takes them in again.';
  const found = `live files that are missing or of another size: ${others.length}, such as ${others[0]}`;
  return [{ state: 'wrong', of: 'lake', found, remedy }];
}

async function newestCheckpoint(storage: Storage, engine: Engine): Promise<readonly Finding[]> {
  const paths = (await storage.list(logFolder)).map((file) => file.path);
  const versions = paths.map(checkpointVersion).filter((version) => version !== undefined);
  if (versions.length === 0) return [];
  const newest = Math.max(...versions);
  const of = 'checkpoint';
  try {
    await readCheckpoint(storage, engine, newest);
    return [{ state: 'ok', of, found: `the newest is of version ${newest}` }];
  } catch (error) {
    const remedy = 'Nothing is lost: the log before it is read in its place. `siltstone repair` writes it anew.';
    return [{ state: 'warning', of, found: messageOf(error), remedy }];
  }
}

/** Whoever may write a link into the table makes its readers read any file of theirs. Nothing of ours makes one. */
async function links(storage: Storage): Promise<readonly Finding[]> {
  const entries = await readdir(storage.locate(tableFolder), { recursive: true, withFileTypes: true }).catch(() => []);
  const found = entries.filter((entry) => entry.isSymbolicLink()).map(({ parentPath, name }) => join(parentPath, name));
  if (found.length === 0) return [];
  const remedy = 'Siltstone makes no links. Find out who made it, and put the file itself there or remove it.';
  return [{ state: 'wrong', of: 'lake', found: `links in the table: ${found.length}, such as ${found[0]}`, remedy }];
}

async function leftovers(storage: Storage, now: number): Promise<readonly Finding[]> {
  const old = await leftoversOf(storage, now);
  if (old.length === 0) return [];
  const example = storage.locate(old[0] ?? '');
  return [
    {
      state: 'warning',
      of: 'leftovers',
      found: `files of a crash, older than a day: ${old.length}, such as ${example}`,
      remedy: 'Nothing reads them. `siltstone repair` removes them.',
    },
  ];
}
