import type { Engine } from '../engine.ts';
import { SiltstoneError, systemCodeOf } from '../errors.ts';
import {
  baseOf,
  forgottenMarks,
  inboxIdForReading,
  listStreams,
  loadPromotion,
  nextPieces,
  type Pending,
  pendingOf,
  type StreamFile,
  takeIn,
} from '../inbox/index.ts';
import {
  emptySnapshot,
  loadSnapshot,
  type Moment,
  type Scratch,
  type Snapshot,
  type Storage,
  snapshotAt,
  type Watermark,
  watermarksOf,
} from '../lake/index.ts';
import { addHotRows, dropHotRows, type Scope, showScope } from './lake-state.ts';
import { promotedViews, showPromotedViews } from './promoted-views.ts';
import { showLog, showSnapshot } from './show-snapshot.ts';
import type { ViewFile } from './sql-files.ts';

export interface ReaderState {
  /** Undefined: the newest snapshot at each query, and what is hot. */
  readonly moment: Moment | undefined;
  readonly storage: Storage;
  readonly engine: Engine;
  readonly scratch: Scratch;
  readonly batchBytes: number;
  readonly hotBytesMax: number;
  snapshot: Snapshot | undefined;
  /** What the views show; undefined where that is not known, after a failure. */
  shown: Snapshot | undefined;
  /** The path of the oldest entry of the log that the views read. */
  oldestEntry: string | undefined;
  /** What the files of the next query were chosen for. */
  scope: Scope | undefined;
  /** The views of the promoted kinds as they are defined. */
  promoted: readonly ViewFile[];
  inboxId: string | undefined;
  /** How far each stream's hot lines are loaded. */
  readonly loaded: Map<string, Watermark>;
}

const looksMax = 5;

/** A version never changes: it is opened once. */
export async function travel(state: ReaderState, moment: Moment): Promise<void> {
  if (state.snapshot !== undefined) return keepLog(state);
  await show(state, await snapshotAt(state.storage, state.engine, moment));
}

async function show(state: ReaderState, snapshot: Snapshot): Promise<void> {
  const { storage, engine, scratch, shown } = state;
  if (snapshot !== shown) {
    [state.shown, state.scope] = [undefined, undefined];
    await showSnapshot(engine, scratch, storage, snapshot, shown);
    state.shown = snapshot;
    state.oldestEntry = await showLog(engine, storage, snapshot);
  }
  state.snapshot = snapshot;
  await showPromotion(state, snapshot);
  await keepLog(state);
}

/** A clean-up removes entries of the log and makes no new version. */
async function keepLog(state: ReaderState): Promise<void> {
  const { storage, engine, snapshot, oldestEntry } = state;
  if (snapshot === undefined || oldestEntry === undefined || (await storage.stat(oldestEntry)) !== undefined) return;
  state.oldestEntry = await showLog(engine, storage, snapshot);
}

/** Chooses the files that the next query may open, where they are not the same as before. */
export async function choose(state: ReaderState, scope: Scope): Promise<void> {
  if (state.scope !== undefined && state.scope.jobId === scope.jobId) return;
  state.scope = undefined;
  await showScope(state.engine, scope, state.promoted.length > 0);
  state.scope = scope;
}

/**
 * Shows all that was flushed before. A look that missed a file, because it was taken and removed between the snapshot and
 * the inbox, is followed by another: how long a taken file stays there is a matter of clocks, and no answer hangs on it.
 */
export async function refresh(state: ReaderState): Promise<void> {
  for (let i = 1; ; i += 1) {
    const isLast = i === looksMax;
    const isWhole = await look(state, i > 1).catch((error: unknown) => {
      // A file went while it was read.
      if (isLast || systemCodeOf(error) !== 'ENOENT') throw error;
      return false;
    });
    if (isWhole || isLast) return;
  }
}

/** The newest snapshot, then the inbox: in this order a line that is being compacted meanwhile is seen in its file. */
async function look(state: ReaderState, isSecondLook: boolean): Promise<boolean> {
  const { storage, engine, scratch, loaded } = state;
  const snapshot = await loadSnapshot(storage, engine, state.snapshot ?? emptySnapshot);
  await show(state, snapshot);
  // Those that a sweep set aside, too: they may still be appended to.
  const streams = await listStreams(storage, await knownInbox(state), 'all');
  const forgotten = await forgottenMarks(storage, engine, snapshot, unloaded(streams, loaded));
  const marks = watermarksOf(snapshot);
  const inLake = forgotten.size === 0 ? marks : new Map([...marks, ...forgotten]);
  const gone = goneStreams(loaded, inLake, streams);
  // It may have been taken since the snapshot, and be removed by now: then the next snapshot has it.
  if (gone.length > 0 && !isSecondLook) return false;
  for (const stream of gone) {
    await dropHotRows(engine, stream);
    loaded.delete(stream);
  }
  if (gone.length > 0) return false;
  checkSize(pendingOf(streams, inLake), state.hotBytesMax);
  for (;;) {
    const pieces = await nextPieces(pendingOf(streams, furthest(inLake, loaded)), state.batchBytes);
    if (pieces.length === 0) return !(await hasMissed(state, streams));
    const intake = await takeIn(engine, scratch, pieces, { copyAll: true });
    await addHotRows(engine);
    for (const [stream, mark] of intake.watermarks) loaded.set(stream, { ...mark, takenAt: 0 });
  }
}

/** The settings file is read at each query: a promotion may come and go while readers are open. */
async function showPromotion(state: ReaderState, snapshot: Snapshot): Promise<void> {
  const wanted = promotedViews(await loadPromotion(state.storage), snapshot);
  const isSame = ({ sql }: ViewFile, i: number): boolean => sql === state.promoted[i]?.sql;
  if (wanted.length === state.promoted.length && wanted.every(isSame)) return;
  state.scope = undefined;
  await showPromotedViews(state.engine, state.promoted, wanted);
  state.promoted = wanted;
}

/** Whether the lake has meanwhile taken lines of a stream that this look did not find, or whose file is gone by now. */
async function hasMissed(
  { storage, engine, snapshot, loaded }: ReaderState,
  streams: readonly StreamFile[],
): Promise<boolean> {
  const shown = snapshot ?? emptySnapshot;
  const newest = await loadSnapshot(storage, engine, shown);
  if (newest.version === shown.version) return false;
  const seen = furthest(watermarksOf(shown), loaded);
  const further = [...watermarksOf(newest)].filter(([stream, { bytes }]) => bytes > (seen.get(stream)?.bytes ?? 0));
  const paths = new Map(streams.map(({ base, path }) => [base, path]));
  for (const [stream] of further) {
    const path = paths.get(baseOf(stream));
    if (path === undefined || (await storage.stat(path)) === undefined) return true;
  }
  return false;
}

/**
 * Hot rows are kept whole, in memory and then on the disk of temporary files: there must be an end to it, told before it
 * begins. An answer without them would be wrong.
 */
function checkSize(hot: readonly Pending[], bytesMax: number): void {
  const bytes = hot.reduce((sum, stream) => sum + stream.bytes - stream.from.bytes, 0);
  if (bytes <= bytesMax) return;
  const MiB = Math.ceil(bytes / 1024 ** 2);
  throw new SiltstoneError(
    'inbox_too_large',
    `${MiB} MiB of lines wait for compaction, and a reader takes ${bytesMax} bytes`,
  );
}

const unloaded = (streams: readonly StreamFile[], loaded: ReadonlyMap<string, Watermark>): readonly StreamFile[] =>
  streams.filter(({ base }) => !loaded.has(base));

/** Streams with hot lines whose file was removed, replaced or cut off: nobody who comes later will see these rows. */
function goneStreams(
  loaded: ReadonlyMap<string, Watermark>,
  inLake: ReadonlyMap<string, Watermark>,
  streams: readonly StreamFile[],
): readonly string[] {
  if (loaded.size === 0) return [];
  const bytes = new Map(pendingOf(streams, inLake).map((pending) => [pending.stream, pending.bytes]));
  const isGone = ([stream, mark]: [string, Watermark]): boolean =>
    mark.bytes > (inLake.get(stream)?.bytes ?? 0) && (bytes.get(stream) ?? 0) < mark.bytes;
  return [...loaded].filter(isGone).map(([stream]) => stream);
}

/** The inbox's id; where it is another than before, streams had a stand-in's name, and their hot rows are loaded anew. */
async function knownInbox(state: ReaderState): Promise<string> {
  const id = await inboxIdForReading(state.storage);
  if (state.inboxId !== undefined && state.inboxId !== id) {
    state.loaded.clear();
    await state.engine.run('delete from hot_rows');
  }
  state.inboxId = id;
  return id;
}

/**
 * Of two watermarks the further one: what is in the lake and what is loaded need not be read again. Further by bytes:
 * blank lines are not counted, and a mark that only they moved must count, or they would be taken in for ever.
 */
function furthest(
  inLake: ReadonlyMap<string, Watermark>,
  loaded: ReadonlyMap<string, Watermark>,
): ReadonlyMap<string, Watermark> {
  if (loaded.size === 0) return inLake;
  const marks = new Map(inLake);
  for (const [stream, mark] of loaded) {
    if (mark.bytes > (marks.get(stream)?.bytes ?? 0)) marks.set(stream, mark);
  }
  return marks;
}
