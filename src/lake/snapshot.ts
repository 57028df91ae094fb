import type { Engine } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { type Action, type Add, type MetaData, type Protocol, parseActions, type Remove, type Txn } from './actions.ts';
import { readCheckpoint } from './checkpoint.ts';
import { checkpointVersion, commitPath, commitVersion, lastCheckpointPath, logFolder } from './log-paths.ts';
import { checkSchema } from './schema.ts';
import type { Storage } from './storage.ts';

/** The table at one version: what is live, what each application recorded, one consistent pair. */
export interface Snapshot {
  /** -1 before the first commit. */
  readonly version: number;
  readonly protocol?: Protocol;
  readonly metaData?: MetaData;
  /** Live files by path. */
  readonly files: ReadonlyMap<string, Add>;
  /** Files removed from the table and perhaps still on disk, by path. */
  readonly tombstones: ReadonlyMap<string, Remove>;
  readonly txns: ReadonlyMap<string, Txn>;
}

export interface Commit {
  readonly version: number;
  readonly actions: readonly Action[];
}

export const emptySnapshot: Snapshot = { version: -1, files: new Map(), tombstones: new Map(), txns: new Map() };

/**
 * The newest snapshot. Given an older one, only what came after it is read.
 * @throws SiltstoneError `lake_damaged` names the entry that is missing or torn; `lake_too_new` where the protocol or a column's type is beyond us.
 */
export async function loadSnapshot(storage: Storage, engine: Engine, known = emptySnapshot): Promise<Snapshot> {
  const goesOn = known.version >= 0 && !(await isBehindCheckpoint(storage, known));
  const snapshot = goesOn
    ? replay(known, await commitsAfter(storage, known.version))
    : await loadWhole(storage, engine);
  return checked(snapshot, known);
}

/** The snapshot after some commits, in order. */
export function replay(base: Snapshot, commits: readonly Commit[]): Snapshot {
  if (commits.length === 0) return base;
  const files = new Map(base.files);
  const tombstones = new Map(base.tombstones);
  const txns = new Map(base.txns);
  let { version, protocol, metaData } = base;
  for (const commit of commits) {
    for (const action of commit.actions) {
      if (action.protocol) protocol = action.protocol;
      if (action.metaData) metaData = action.metaData;
      if (action.txn) txns.set(action.txn.appId, action.txn);
      if (action.remove) {
        files.delete(action.remove.path);
        tombstones.set(action.remove.path, action.remove);
      }
      if (action.add) {
        if (tombstones.size > 0) tombstones.delete(action.add.path);
        files.set(action.add.path, action.add);
      }
    }
    version = commit.version;
  }
  return { version, files, tombstones, txns, ...(protocol && { protocol }), ...(metaData && { metaData }) };
}

/** Whether log entries after `known` may have been cleaned up: then they cannot be read one by one. */
async function isBehindCheckpoint(storage: Storage, known: Snapshot): Promise<boolean> {
  if ((await storage.stat(commitPath(known.version + 1))) !== undefined) return false;
  const hint = await storage.read(lastCheckpointPath);
  const version = Number(/"version":\s*(\d+)/.exec(hint?.toString('utf8') ?? '')?.[1] ?? -1);
  return version > known.version;
}

/**
 * The snapshot of one version, as far as the log goes back.
 * @throws SiltstoneError `version_gone` where the log does not hold that version, or no more
 */
export async function loadVersion(storage: Storage, engine: Engine, version: number): Promise<Snapshot> {
  const snapshot = await loadWhole(storage, engine, version);
  if (snapshot.version === version && version >= 0) return checked(snapshot, emptySnapshot);
  throw new SiltstoneError('version_gone', `the log does not hold version ${version}`);
}

/** The newest snapshot up to a version. */
async function loadWhole(storage: Storage, engine: Engine, versionMax = Number.POSITIVE_INFINITY): Promise<Snapshot> {
  const paths = (await storage.list(logFolder)).map((file) => file.path);
  const upTo = (version: number | undefined): version is number => version !== undefined && version <= versionMax;
  const commits = paths.map(commitVersion).filter(upTo);
  const checkpoints = paths.map(checkpointVersion).filter(upTo);
  const base = await loadCheckpoint(storage, engine, checkpoints, commits.includes(0));
  const snapshot = replay(emptySnapshot, [
    ...base,
    ...(await commitsAfter(storage, base[0]?.version ?? -1, versionMax)),
  ]);
  // A checkpoint that could not be read still says how far the log had come: to go on before it would fork the table.
  const newest = [...commits, ...checkpoints].reduce((a, b) => Math.max(a, b), -1);
  if (newest <= snapshot.version) return snapshot;
  const missing = commitPath(snapshot.version + 1);
  throw new SiltstoneError('lake_damaged', `the log entry ${missing} is missing, and the log goes on to ${newest}`);
}

/** The newest readable checkpoint, as one commit of everything. A broken one only costs time while an older one, or the log’s start, is there. */
async function loadCheckpoint(
  storage: Storage,
  engine: Engine,
  versions: readonly number[],
  fromStart: boolean,
): Promise<readonly Commit[]> {
  let failure: unknown;
  for (const version of versions.toSorted((a, b) => b - a)) {
    try {
      return [{ version, actions: wholeTable(await readCheckpoint(storage, engine, version), version) }];
    } catch (error) {
      failure = error;
    }
  }
  if (failure !== undefined && !fromStart) throw failure;
  return [];
}

/** Entries read at once at most: more only take more memory. */
const readAheadMax = 64;

/** Every entry up to the first that is not there. Read side by side: more each time, for mostly nothing or little is new. */
async function commitsAfter(
  storage: Storage,
  version: number,
  versionMax = Number.POSITIVE_INFINITY,
): Promise<readonly Commit[]> {
  const commits: Commit[] = [];
  for (
    let next = version + 1, ahead = 1;
    next <= versionMax;
    next += ahead, ahead = Math.min(ahead * 2, readAheadMax)
  ) {
    const versions = Array.from({ length: Math.min(ahead, versionMax - next + 1) }, (_, i) => next + i);
    const contents = await Promise.all(versions.map((one) => storage.read(commitPath(one))));
    for (const [i, content] of contents.entries()) {
      // An entry behind the first that was missing may have come since: it is left for the next time.
      if (content === undefined) return commits;
      commits.push({ version: next + i, actions: parseActions(content, commitPath(next + i)) });
    }
  }
  return commits;
}

/** Every table says what it is, from its first commit on. */
function whole(snapshot: Snapshot): Snapshot {
  const isWhole = snapshot.version < 0 || (snapshot.protocol !== undefined && snapshot.metaData !== undefined);
  if (isWhole) return snapshot;
  throw withoutTable(snapshot.version);
}

function wholeTable(actions: readonly Action[], version: number): readonly Action[] {
  if (actions.some((one) => one.protocol) && actions.some((one) => one.metaData)) return actions;
  throw withoutTable(version);
}

const withoutTable = (version: number): SiltstoneError =>
  new SiltstoneError('lake_damaged', `the log up to version ${version} holds no protocol or no schema`);

function checked(snapshot: Snapshot, known: Snapshot): Snapshot {
  const { protocol, metaData } = snapshot;
  if (protocol && (protocol.minReaderVersion > 1 || protocol.minWriterVersion > 2)) {
    const found = `reader ${protocol.minReaderVersion}, writer ${protocol.minWriterVersion}`;
    throw new SiltstoneError('lake_too_new', `the lake asks for Delta protocol ${found}; siltstone speaks 1 and 2`);
  }
  if (metaData && metaData !== known.metaData) checkSchema(metaData);
  return whole(snapshot);
}
