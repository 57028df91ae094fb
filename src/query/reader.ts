import { stat } from 'node:fs/promises';
import { type Engine, openEngine, type Result, type Row } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import {
  forgottenMarks,
  inboxIdForReading,
  listStreams,
  loadPromotion,
  nextPieces,
  pendingOf,
  type StreamFile,
  takeIn,
} from '../inbox/index.ts';
import {
  emptySnapshot,
  lendTemporary,
  loadSnapshot,
  type Moment,
  openLocalStorage,
  type Scratch,
  type Snapshot,
  type Storage,
  snapshotAt,
  type Watermark,
  watermarksOf,
} from '../lake/index.ts';
import type { Settings } from '../settings.ts';
import { addHotRows, defineViews, dropHotRows, type Scope, showScope } from './lake-state.ts';
import { promotedViews, showPromotedViews } from './promoted-views.ts';
import { showSnapshot } from './show-snapshot.ts';
import type { ViewFile } from './sql-files.ts';

/** The views over one warehouse, in a DuckDB of one's own. Every query sees all that was flushed before it began. */
export interface Reader {
  /** The rows as objects. @throws SiltstoneError `engine_failed` with DuckDB's message, `closed` */
  rows(sql: string, values?: readonly unknown[], scope?: Scope): Promise<readonly Row[]>;
  /** At most `rowsMax` rows with their columns, as JSON. */
  query(sql: string, rowsMax?: number, scope?: Scope): Promise<Result>;
  /** Runs a statement that gives no rows, such as COPY. */
  run(sql: string, scope?: Scope): Promise<void>;
  /** The lake's version that the last query saw; -1 before the first commit. */
  readonly version: number;
  /** Stops the query that runs. */
  interrupt(): void;
  close(): Promise<void>;
}

export type ReaderSettings = Pick<
  Settings,
  'warehouse' | 'engine_memory_bytes' | 'engine_threads' | 'compact_batch_bytes'
>;

interface State {
  /** Undefined: the newest snapshot at each query, and what is hot. */
  readonly moment: Moment | undefined;
  readonly storage: Storage;
  readonly engine: Engine;
  readonly scratch: Scratch;
  readonly batchBytes: number;
  snapshot: Snapshot | undefined;
  /** What the views show; undefined where that is not known, after a failure. */
  shown: Snapshot | undefined;
  /** What the files of the next query were chosen for. */
  scope: Scope | undefined;
  /** The views of the promoted kinds as they are defined. */
  promoted: readonly ViewFile[];
  inboxId: string | undefined;
  /** How far each stream's hot lines are loaded. */
  readonly loaded: Map<string, Watermark>;
}

/**
 * With a moment, the lake alone as it was then: what is hot was never part of a version.
 * @throws SiltstoneError `warehouse_missing`
 */
export async function openReader(settings: ReaderSettings, moment?: Moment): Promise<Reader> {
  await checkWarehouse(settings.warehouse);
  const engine = await openEngine({ memoryBytes: settings.engine_memory_bytes, threads: settings.engine_threads });
  const scratch = await lendTemporary();
  const storage = openLocalStorage(settings.warehouse);
  const batchBytes = settings.compact_batch_bytes;
  const state: State = {
    moment,
    storage,
    engine,
    scratch,
    batchBytes,
    snapshot: undefined,
    shown: undefined,
    scope: undefined,
    promoted: [],
    inboxId: undefined,
    loaded: new Map(),
  };
  await defineViews(engine, scratch);
  return readerOver(state);
}

function readerOver(state: State): Reader {
  const { engine, scratch } = state;
  let queue: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  /** One statement at a time: a refresh between two halves of a query would show two snapshots. */
  const inTurn = async <T>(action: () => Promise<T>, scope: Scope = {}): Promise<T> => {
    if (isClosed) throw new SiltstoneError('closed', 'the reader is closed');
    const turn = queue.then(async () => {
      await (state.moment === undefined ? refresh(state) : travel(state, state.moment));
      await choose(state, scope);
      return action();
    });
    queue = turn.catch(() => undefined);
    return turn;
  };
  return {
    rows: (sql, values, scope) => inTurn(() => engine.rows(sql, values), scope),
    query: (sql, rowsMax, scope) => inTurn(() => engine.result(sql, rowsMax), scope),
    run: (sql, scope) => inTurn(() => engine.run(sql), scope),
    get version() {
      return state.snapshot?.version ?? -1;
    },
    interrupt: () => engine.interrupt(),
    close: async () => {
      isClosed = true;
      await queue;
      engine.close();
      await scratch.close();
    },
  };
}

/** A version never changes: it is opened once. */
async function travel(state: State, moment: Moment): Promise<void> {
  if (state.snapshot !== undefined) return;
  await show(state, await snapshotAt(state.storage, state.engine, moment));
}

async function show(state: State, snapshot: Snapshot): Promise<void> {
  const { storage, engine, scratch, shown } = state;
  if (snapshot !== shown) {
    [state.shown, state.scope] = [undefined, undefined];
    await showSnapshot(engine, scratch, storage, snapshot, shown);
    state.shown = snapshot;
  }
  state.snapshot = snapshot;
}

/** Chooses the files that the next query may open, where they are not the same as before. */
async function choose(state: State, scope: Scope): Promise<void> {
  if (state.scope !== undefined && state.scope.jobId === scope.jobId) return;
  state.scope = undefined;
  await showScope(state.engine, scope);
  state.scope = scope;
}

/**
 * The newest snapshot, then the inbox: in this order a line that is being compacted meanwhile is seen in its file, and
 * a taken file outlives every snapshot that still needs it by the inbox's grace.
 */
async function refresh(state: State, isSecondLook = false): Promise<void> {
  const { storage, engine, scratch, loaded } = state;
  const snapshot = await loadSnapshot(storage, engine, state.snapshot ?? emptySnapshot);
  await show(state, snapshot);
  await showPromotion(state, snapshot);
  const streams = await listStreams(storage, await knownInbox(state));
  const forgotten = await forgottenMarks(storage, engine, snapshot, unloaded(streams, loaded));
  const marks = watermarksOf(snapshot);
  const inLake = forgotten.size === 0 ? marks : new Map([...marks, ...forgotten]);
  const gone = goneStreams(loaded, inLake, streams);
  // It may have been taken since the snapshot, and be removed by now: then the next snapshot has it.
  if (gone.length > 0 && !isSecondLook) return refresh(state, true);
  for (const stream of gone) {
    await dropHotRows(engine, stream);
    loaded.delete(stream);
  }
  if (gone.length > 0) return refresh(state, true);
  for (;;) {
    const pieces = await nextPieces(pendingOf(streams, furthest(inLake, loaded)), state.batchBytes);
    if (pieces.length === 0) return;
    const intake = await takeIn(engine, scratch, pieces, { copyAll: true });
    await addHotRows(engine);
    for (const [stream, mark] of intake.watermarks) loaded.set(stream, { ...mark, takenAt: 0 });
  }
}

const unloaded = (streams: readonly StreamFile[], loaded: ReadonlyMap<string, Watermark>): readonly StreamFile[] =>
  streams.filter(({ base }) => !loaded.has(base));

/** The settings file is read at each query: a promotion may come and go while readers are open. */
async function showPromotion(state: State, snapshot: Snapshot): Promise<void> {
  const wanted = promotedViews(await loadPromotion(state.storage), snapshot);
  await showPromotedViews(state.engine, state.promoted, wanted);
  state.promoted = wanted;
}

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
async function knownInbox(state: State): Promise<string> {
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

async function checkWarehouse(warehouse: string): Promise<void> {
  const found = await stat(warehouse).catch(() => undefined);
  if (!found?.isDirectory()) throw new SiltstoneError('warehouse_missing', `there is no warehouse at ${warehouse}`);
}
