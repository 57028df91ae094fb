import { stat } from 'node:fs/promises';
import { type Engine, openEngine, type Result, type Row, type Values } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import {
  emptySnapshot,
  lendTemporary,
  type Moment,
  openLocalStorage,
  type Scratch,
  type Snapshot,
  tableFolder,
} from '../lake/index.ts';
import type { Settings } from '../settings.ts';
import { askedJob } from './asked-job.ts';
import { defineViews, type Scope } from './lake-state.ts';
import { choose, type ReaderState, refresh, travel } from './refresh.ts';
import { viewFiles } from './sql-files.ts';

/** The views over one warehouse, in a DuckDB of one's own. Every query sees all that was flushed before it began. */
export interface Reader {
  /** The rows as objects. @throws SiltstoneError `engine_failed` with DuckDB's message, `closed` */
  rows(sql: string, values?: readonly unknown[], scope?: Scope): Promise<readonly Row[]>;
  /** At most `rowsMax` rows with their columns, as JSON. */
  query(sql: string, rowsMax?: number): Promise<Result>;
  /** Runs a statement that gives no rows, such as COPY. */
  run(sql: string): Promise<void>;
  /** Several statements over one snapshot. */
  within<T>(action: (inside: Inside) => Promise<T>): Promise<T>;
  /** The lake's version that the last query saw; -1 before the first commit. */
  readonly version: number;
  /** The lake as the last query saw it. */
  readonly snapshot: Snapshot;
  /** Stops the query that runs. */
  interrupt(): void;
  close(): Promise<void>;
}

/** A reader from inside, in one of its turns. */
export interface Inside {
  readonly engine: Engine;
  /** A folder for files on their way. */
  readonly scratch: Scratch;
  /** Names of the views that there are. */
  readonly views: readonly string[];
  /** Narrows the files to what a statement needs; without it, all are read. */
  choose(sql: string, values?: Values): Promise<void>;
}

interface ReaderOptions {
  /** For SQL of anybody: no file but the lake's is opened, no setting changes, and nothing spills to the disk. */
  readonly isConfined?: boolean;
}

export type ReaderSettings = Pick<
  Settings,
  'warehouse' | 'engine_memory_bytes' | 'engine_threads' | 'compact_batch_bytes' | 'hot_bytes_max'
>;

/**
 * With a moment, the lake alone as it was then: what is hot was never part of a version.
 * @throws SiltstoneError `warehouse_missing`
 */
export async function openReader(
  settings: ReaderSettings,
  moment?: Moment,
  { isConfined = false }: ReaderOptions = {},
): Promise<Reader> {
  await checkWarehouse(settings.warehouse);
  const { engine_memory_bytes: memoryBytes, engine_threads: threads } = settings;
  const engine = await openEngine({ memoryBytes, threads, spills: !isConfined });
  const scratch = await lendTemporary();
  const storage = openLocalStorage(settings.warehouse);
  const batchBytes = settings.compact_batch_bytes;
  const state: ReaderState = {
    moment,
    storage,
    engine,
    scratch,
    batchBytes,
    hotBytesMax: settings.hot_bytes_max,
    snapshot: undefined,
    shown: undefined,
    oldestEntry: undefined,
    scope: undefined,
    promoted: [],
    inboxId: undefined,
    loaded: new Map(),
  };
  await defineViews(engine, scratch);
  if (isConfined) await engine.confine([storage.locate(tableFolder), scratch.dir]);
  return readerOver(state);
}

function readerOver(state: ReaderState): Reader {
  const { engine, scratch } = state;
  let queue: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  /** One statement at a time: a refresh between two halves of a query would show two snapshots. */
  const inTurn = async <T>(action: () => Promise<T>, scopeOf: () => Promise<Scope>): Promise<T> => {
    if (isClosed) throw new SiltstoneError('closed', 'the reader is closed');
    const turn = queue.then(async () => {
      await (state.moment === undefined ? refresh(state) : travel(state, state.moment));
      const scope = await scopeOf();
      await choose(state, scope);
      try {
        return await action();
      } catch (error) {
        if (!isGone(error) || state.moment !== undefined) throw error;
        await refresh(state);
        await choose(state, scope);
        return action();
      }
    });
    queue = turn.catch(() => undefined);
    return turn;
  };
  return {
    rows: (sql, values, scope) =>
      inTurn(
        () => engine.rows(sql, values),
        async () => scope ?? plannedScope(state, sql, values),
      ),
    query: (sql, rowsMax) =>
      inTurn(
        () => engine.result(sql, rowsMax),
        () => plannedScope(state, sql),
      ),
    run: (sql) =>
      inTurn(
        () => engine.run(sql),
        () => plannedScope(state, sql),
      ),
    within: (action) => inTurn(() => action(insideOf(state)), wholeLake),
    get version() {
      return state.snapshot?.version ?? -1;
    },
    get snapshot() {
      return state.snapshot ?? emptySnapshot;
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

const wholeLake = async (): Promise<Scope> => ({});

function insideOf(state: ReaderState): Inside {
  const { engine, scratch, promoted } = state;
  return {
    engine,
    scratch,
    views: [...viewFiles(), ...promoted].map(({ name }) => name),
    choose: async (sql, values) => choose(state, await plannedScope(state, sql, values)),
  };
}

/** Below so many files it costs less to open them all than to ask which. */
const plannedFilesMin = 16;

/** What a query needs to open. Asked with next to no file chosen: the plan is the same. */
async function plannedScope(state: ReaderState, sql: string, values?: Values): Promise<Scope> {
  if ((state.snapshot?.files.size ?? 0) < plannedFilesMin) return {};
  await choose(state, { jobId: '' });
  const jobId = await askedJob(state.engine, sql, values);
  return jobId === undefined ? {} : { jobId };
}

/** DuckDB's word for a file that went while it was read: a vacuum whose clock jumped finds it old. The next snapshot lacks it. */
const isGone = (error: unknown): boolean =>
  error instanceof SiltstoneError &&
  error.code === 'engine_failed' &&
  /No such file|No files found/.test(error.message);

async function checkWarehouse(warehouse: string): Promise<void> {
  const found = await stat(warehouse).catch(() => undefined);
  if (!found?.isDirectory()) throw new SiltstoneError('warehouse_missing', `there is no warehouse at ${warehouse}`);
}
