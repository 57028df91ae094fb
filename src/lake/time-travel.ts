import type { Engine } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { commitTime } from './clean-log.ts';
import { commitVersion, dataPath, logFolder } from './log-paths.ts';
import { loadVersion, type Snapshot } from './snapshot.ts';
import type { Storage } from './storage.ts';

/** A moment of the table: a version, or the newest one that was committed by a time, ms since 1970. */
export type Moment = { readonly version: number } | { readonly asOf: number };

/**
 * The table as it was at a moment.
 * @throws SiltstoneError `version_gone` where the log does not go back so far, or a vacuum deleted what the version needs
 */
export async function snapshotAt(storage: Storage, engine: Engine, moment: Moment): Promise<Snapshot> {
  const version = 'version' in moment ? moment.version : await versionAsOf(storage, moment.asOf);
  const snapshot = await loadVersion(storage, engine, version);
  for (const path of snapshot.files.keys()) {
    if ((await storage.stat(dataPath(path))) !== undefined) continue;
    throw new SiltstoneError('version_gone', `a vacuum deleted files of version ${version}, such as ${path}`);
  }
  return snapshot;
}

/** Clocks may disagree: of several versions that were committed by that time, the newest counts. */
async function versionAsOf(storage: Storage, asOf: number): Promise<number> {
  const paths = (await storage.list(logFolder)).map(({ path }) => path);
  const versions = paths.map(commitVersion).filter((version) => version !== undefined);
  for (const version of versions.toSorted((a, b) => b - a)) {
    const committedAt = await commitTime(storage, version);
    if (committedAt !== undefined && committedAt <= asOf) return version;
  }
  const time = new Date(asOf).toISOString();
  throw new SiltstoneError('version_gone', `the log holds no version that was committed by ${time}`);
}
