import type { Engine } from '../engine.ts';
import { SiltstoneError, systemCodeOf } from '../errors.ts';
import { current, inboxId, listStreams, promotionPath } from '../inbox/index.ts';
import {
  commitVersion,
  copyUnchanging,
  dataPath,
  logFolder,
  openLocalStorage,
  parseActions,
  type Snapshot,
  type Storage,
  syncFolders,
  totalsPath,
  watermarksOf,
  writeCheckpoint,
} from '../lake/index.ts';
import { backupState, type Problem, verify, writeInitSql } from '../query/index.ts';
import { copyInbox, type InboxCopy } from './backup-inbox.ts';
import { checkDestination, checkGoesOn, writeBackupState } from './backup-state.ts';

export interface Backup {
  /** The lake's version that the backup opens at; -1 before the first commit. */
  readonly version: number;
  readonly fileCount: number;
  /** Data files that an earlier backup had brought already. */
  readonly keptCount: number;
  readonly streamCount: number;
  readonly bytes: number;
  /** What `verify` found in the backup. It is complete only where that is nothing. */
  readonly problems: readonly Problem[];
}

export interface BackupBench {
  readonly storage: Storage;
  readonly engine: Engine;
}

type OnProgress = (bytesDone: number, bytesTotal: number) => void;

/** Copies begun again because a vacuum removed a file of the snapshot. */
const attemptsMax = 3;

/**
 * Makes `destination` a warehouse of its own at one version of this one, with every event whose `flush()` had returned
 * before. Writers, compactors, merges and vacuum need not stop. Until it is whole, `backup.json` says that it is not.
 * @throws SiltstoneError `backup_refused`, `lake_damaged` where a file of the snapshot is missing
 */
export async function backup(
  bench: BackupBench,
  destination: string,
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<Backup> {
  const { storage, engine } = bench;
  const inbox = await inboxId(storage);
  await checkDestination(storage, destination, inbox);
  const target = openLocalStorage(destination);
  const before = await backupState(target);
  const startedAt = new Date().toISOString();
  const version = before?.version ?? -1;
  await writeBackupState(target, { ...before, state: 'incomplete', inbox, version, startedAt });
  await target.create('inbox/.id', `${inbox}\n`);
  // Before the lake: counts of a later version than the backup's would be of no use to it.
  await copyAsItIs(storage, target, totalsPath);
  const copy = await copyAll(bench, target, inbox, onProgress, signal);
  const { snapshot } = copy.inbox;
  const table = snapshot.metaData && { table: snapshot.metaData.id };
  const state = { inbox, ...table, version: snapshot.version, startedAt };
  await writeBackupState(target, { ...state, state: 'incomplete' });
  await copyLog(storage, target, engine, snapshot);
  await removeStale(target, inbox, copy.inbox);
  await copyAsItIs(storage, target, promotionPath);
  await writeInitSql(target, engine);
  const { problems } = await verify(target, engine);
  if (problems.length === 0) {
    await writeBackupState(target, { ...state, state: 'complete', finishedAt: new Date().toISOString() });
  }
  return {
    version: snapshot.version,
    fileCount: snapshot.files.size,
    keptCount: copy.keptCount,
    streamCount: copy.inbox.paths.length,
    bytes: bytesOf(snapshot) + copy.inbox.bytes,
    problems,
  };
}

interface Copy {
  readonly inbox: InboxCopy;
  readonly keptCount: number;
}

/** The inbox first: its files live for the grace only, those of the lake for vacuum's retention. */
async function copyAll(
  { storage, engine }: BackupBench,
  target: Storage,
  inbox: string,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
): Promise<Copy> {
  for (let attempt = 1; ; attempt += 1) {
    const copied = await copyInbox(storage, target, engine, inbox, signal);
    await checkGoesOn(target, copied.snapshot);
    try {
      const keptCount = await copyData(storage, target, copied, onProgress, signal);
      await copyFolder(storage, target, 'rejected');
      return { inbox: copied, keptCount };
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') throw error;
      if (attempt < attemptsMax) continue;
      throw new SiltstoneError('lake_damaged', 'a live file of the lake is missing', { cause: error });
    }
  }
}

async function copyData(
  source: Storage,
  target: Storage,
  { snapshot, bytes: inboxBytes }: InboxCopy,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
): Promise<number> {
  const bytesTotal = bytesOf(snapshot) + inboxBytes;
  let bytesDone = inboxBytes;
  let keptCount = 0;
  for (const add of snapshot.files.values()) {
    signal?.throwIfAborted();
    onProgress(bytesDone, bytesTotal);
    const path = dataPath(add.path);
    const outcome = await copyUnchanging(source.locate(path), target.locate(path));
    if (outcome === 'kept') keptCount += 1;
    bytesDone += add.size;
  }
  onProgress(bytesDone, bytesTotal);
  await syncFolders([...snapshot.files.keys()].map((path) => target.locate(dataPath(path))));
  return keptCount;
}

async function copyFolder(source: Storage, target: Storage, folder: string): Promise<void> {
  const files = (await source.list(folder)).map(({ path }) => path);
  for (const path of files) await copyUnchanging(source.locate(path), target.locate(path));
  await syncFolders(files.map((path) => target.locate(path)));
}

/** The checkpoint of the snapshot opens the backup; the entries before it are its history, as far as it is still there. */
async function copyLog(source: Storage, target: Storage, engine: Engine, snapshot: Snapshot): Promise<void> {
  if (snapshot.version < 0) return;
  const entries = (await source.list(logFolder)).filter(({ path }) => {
    const version = commitVersion(path);
    return version !== undefined && version <= snapshot.version;
  });
  for (const { path } of entries) {
    if ((await target.stat(path)) !== undefined) continue;
    const content = await source.read(path);
    // Cleaned up meanwhile, or torn behind a later checkpoint: the one that is written here covers it.
    if (content !== undefined && isWhole(content, path)) await target.create(path, content);
  }
  await writeCheckpoint(target, engine, snapshot);
}

function isWhole(content: Buffer, path: string): boolean {
  try {
    return parseActions(content, path).length > 0;
  } catch {
    // What it says is in the snapshot, and so in the checkpoint.
    return false;
  }
}

/** A file that may change at any time: the user's settings, the counts of a server. */
async function copyAsItIs(source: Storage, target: Storage, path: string): Promise<void> {
  const content = await source.read(path);
  if (content === undefined) await target.remove(path);
  else await target.replace(path, content);
}

/** Streams of an earlier backup that the lake has wholly taken since. */
async function removeStale(target: Storage, inbox: string, { snapshot, paths }: InboxCopy): Promise<void> {
  const watermarks = watermarksOf(snapshot);
  const copied = new Set(paths);
  for (const suffix of ['', '.taken'] as const) {
    for (const file of await listStreams(target, inbox, suffix)) {
      const isTaken = current(file, watermarks).from.bytes === file.bytes;
      if (!copied.has(file.path) && isTaken) await target.remove(file.path);
    }
  }
}

const bytesOf = ({ files }: Snapshot): number => [...files.values()].reduce((sum, { size }) => sum + size, 0);
