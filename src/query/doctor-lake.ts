import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../engine.ts';
import { messageOf } from '../errors.ts';
import {
  checkpointVersion,
  loadSnapshot,
  logFolder,
  readCheckpoint,
  type Storage,
  tableFolder,
} from '../lake/index.ts';
import type { Finding } from './doctor.ts';

const dayMs = 24 * 3_600_000;

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
    ...(await newestCheckpoint(storage, engine)),
    ...(await leftovers(storage, now)),
  ];
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
    const remedy = 'Nothing is lost: the log before it is read in its place. Delete it, and the next one replaces it.';
    return [{ state: 'warning', of, found: messageOf(error), remedy }];
  }
}

/** What a crash left on its way into the lake. */
async function leftovers(storage: Storage, now: number): Promise<readonly Finding[]> {
  const scratch = await childrenOf(storage.locate(`${tableFolder}/_scratch`));
  const temporary = (await childrenOf(storage.locate(logFolder))).filter((path) => /\/\.tmp-[^/]*$/.test(path));
  const ages = await Promise.all([...scratch, ...temporary].map(async (path) => ({ path, at: await changedAt(path) })));
  const old = ages.filter(({ at }) => at !== undefined && now - at > dayMs);
  if (old.length === 0) return [];
  return [
    {
      state: 'warning',
      of: 'leftovers',
      found: `files of a compaction, older than a day: ${old.length}, such as ${old[0]?.path}`,
      remedy: 'A crash left them, and nothing reads them: they may be deleted.',
    },
  ];
}

async function childrenOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name));
}

const changedAt = async (path: string): Promise<number | undefined> =>
  (await stat(path).catch(() => undefined))?.mtimeMs;
