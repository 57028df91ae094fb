import { basename } from 'node:path';
import {
  checkpointPath,
  lastCheckpointPath,
  loadSnapshot,
  logFolder,
  readCheckpoint,
  type Storage,
  writeCheckpoint,
} from '../lake/index.ts';
import type { Fix, RepairBench } from './repair.ts';
import type { LogState } from './repair-log.ts';

/** Checkpoints that cannot be read where the log can be followed without them, and the hint that names the newest. */
export async function checkpointFixes(bench: RepairBench, log: LogState): Promise<readonly Fix[]> {
  const broken = [...log.broken].sort(([a], [b]) => b - a);
  if (broken.length > 0) return broken.map(([version, found]) => brokenCheckpoint(bench, log, version, found));
  return staleHint(bench, log);
}

function brokenCheckpoint({ storage, engine }: RepairBench, log: LogState, version: number, found: string): Fix {
  const from = Math.max(-1, ...log.checkpoints);
  const start = from < 0 ? 'its first entry' : `the checkpoint of version ${from}`;
  const isCovered = from > version;
  return {
    of: checkpointPath(version),
    found,
    proof: `the log was followed without it, from ${start} to version ${log.newest}`,
    does: isCovered
      ? 'sets it aside under a name that no reader looks for'
      : 'sets it aside, and writes the checkpoint of the newest version from that',
    apply: async () => {
      const snapshot = await loadSnapshot(storage, engine);
      if (!(await isStillBroken({ storage, engine }, version))) return 'left';
      // First the new one: it takes the place of a broken one of its own version.
      if (!isCovered) await writeCheckpoint(storage, engine, snapshot);
      if (isCovered || snapshot.version !== version) await setAside(storage, checkpointPath(version), 'broken');
      return 'mended';
    },
  };
}

async function isStillBroken({ storage, engine }: Pick<RepairBench, 'storage' | 'engine'>, version: number) {
  if ((await storage.stat(checkpointPath(version))) === undefined) return false;
  return readCheckpoint(storage, engine, version).then(
    () => false,
    () => true,
  );
}

/** The hint says which checkpoint is the newest. Siltstone looks for itself; other engines begin with what it says. */
async function staleHint({ storage, engine }: RepairBench, log: LogState): Promise<readonly Fix[]> {
  const content = (await storage.read(lastCheckpointPath))?.toString('utf8');
  const newest = Math.max(-1, ...log.checkpoints);
  if (content === undefined ? newest < 0 : isRight(content, newest)) return [];
  return [
    {
      of: lastCheckpointPath,
      found: content === undefined ? 'it is missing' : 'it does not name the newest checkpoint',
      proof: newest < 0 ? 'there is no checkpoint' : `the checkpoint of version ${newest} can be read`,
      does: newest < 0 ? 'sets it aside under a name that no reader looks for' : 'writes it anew',
      apply: async () => {
        if (newest < 0) {
          await setAside(storage, lastCheckpointPath, 'broken');
          return 'mended';
        }
        const size = (await readCheckpoint(storage, engine, newest)).length;
        await storage.replace(lastCheckpointPath, JSON.stringify({ version: newest, size }));
        return 'mended';
      },
    },
  ];
}

function isRight(content: string, newest: number): boolean {
  try {
    const { version, parts, v2Checkpoint } = JSON.parse(content) as Readonly<Record<string, unknown>>;
    // Another engine’s checkpoint of a form that siltstone does not read is its own matter.
    return version === newest || parts !== undefined || v2Checkpoint !== undefined;
  } catch {
    // Torn, as the caller says.
    return false;
  }
}

/** Nothing of a log is ever deleted by a repair. */
export async function setAside(storage: Storage, path: string, why: 'broken' | 'torn'): Promise<void> {
  const [name, at] = [basename(path), Date.now()];
  await storage.move(path, `${logFolder}/.${why}-${at}-${name}`);
}
