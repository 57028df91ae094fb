import type { Engine } from '../engine.ts';
import { parseActions } from './actions.ts';
import { readCheckpoint } from './checkpoint.ts';
import { checkpointVersion, commitPath, commitVersion, logFolder } from './log-paths.ts';
import type { Storage } from './storage.ts';

/**
 * The log's files that nothing needs any more, oldest first: entries and checkpoints before the newest readable checkpoint
 * whose entry is older than `retentionMs`. What is younger can be travelled to.
 */
export async function expiredLog(
  storage: Storage,
  engine: Engine,
  retentionMs: number,
  now: number,
): Promise<readonly string[]> {
  const paths = (await storage.list(logFolder)).map(({ path }) => path);
  const versions = paths.map(checkpointVersion).filter((version) => version !== undefined);
  for (const version of versions.toSorted((a, b) => b - a)) {
    const committedAt = await commitTime(storage, version);
    if (committedAt === undefined || now - committedAt <= retentionMs) continue;
    // What cannot be read covers nothing.
    if ((await readCheckpoint(storage, engine, version).catch(() => undefined)) === undefined) continue;
    return paths.filter((path) => (versionOf(path) ?? version) < version).sort();
  }
  return [];
}

const versionOf = (path: string): number | undefined => commitVersion(path) ?? checkpointVersion(path);

/** Removes what `expiredLog` found: oldest first, so that a crash leaves no gap in what remains. */
export async function cleanLog(storage: Storage, expired: readonly string[]): Promise<void> {
  for (const path of expired) await storage.remove(path);
}

/** When a version was committed, ms since 1970, as its entry says; undefined where there is no entry or it does not say. */
export async function commitTime(storage: Storage, version: number): Promise<number | undefined> {
  const path = commitPath(version);
  const content = await storage.read(path);
  if (content === undefined) return undefined;
  return parseActions(content, path).find((action) => action.commitInfo)?.commitInfo?.timestamp;
}
