import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBResult,
  type DuckDBValue,
  type Json,
} from '@duckdb/node-api';
import { messageOf, SiltstoneError } from './errors.ts';

export interface EngineOptions {
  readonly memoryBytes: number;
  /** 0 for one a core. */
  readonly threads: number;
  /** Whether what finds no room in memory goes into temporary files; it does by default. */
  readonly spills?: boolean;
}

/** Of parameters: by number, or by name. */
export type Values = readonly unknown[] | Readonly<Record<string, unknown>>;

export interface ResultColumn {
  readonly name: string;
  /** DuckDB’s type, as `DESCRIBE` prints it. */
  readonly type: string;
}

/** A result whose values are JSON: BIGINT, times and UUIDs are text, as DuckDB prints them. */
export interface Result {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Json[])[];
}

export type Row = Readonly<Record<string, unknown>>;

/** A result that comes bit by bit, while its statement runs. Whoever has enough of it may leave it. */
export interface ResultStream {
  readonly columns: readonly ResultColumn[];
  readonly chunks: AsyncIterable<readonly (readonly Json[])[]>;
}

/** One DuckDB in memory, with our limits and UTC. Not shared between callers that run statements at once. */
export interface Engine {
  /** Runs one statement. @throws SiltstoneError `engine_failed` with DuckDB’s message. */
  run(sql: string, values?: Values): Promise<void>;
  /** The rows as objects; a BIGINT that a double holds is a number. */
  rows(sql: string, values?: Values): Promise<readonly Row[]>;
  /** The rows of a result of texts alone, as lists. */
  texts(sql: string): Promise<readonly (readonly string[])[]>;
  /** The rows of several statements that run side by side, which see tables but neither variables nor temporary ones. */
  together(statements: readonly string[]): Promise<readonly (readonly Row[])[]>;
  /** At most `rowsMax` rows, as JSON. */
  result(sql: string, rowsMax?: number): Promise<Result>;
  /** The rows as JSON, in chunks. */
  stream(sql: string, values?: Values): Promise<ResultStream>;
  /** From here on no file outside these folders is opened, and no setting changes. */
  confine(folders: readonly string[]): Promise<void>;
  /** Stops the statement that runs. */
  interrupt(): void;
  close(): void;
}

/** A text as an SQL literal, where DuckDB takes no parameter (paths of COPY, options). */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export async function openEngine(options: EngineOptions): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.floor(options.memoryBytes / 1024)}KiB`,
    ...(options.threads > 0 ? { threads: String(options.threads) } : {}),
    temp_directory: options.spills === false ? '' : join(tmpdir(), `siltstone-spill-${process.pid}`),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connect = async (): Promise<DuckDBConnection> => {
    const connection = await instance.connect();
    await connection.run("set timezone = 'UTC'");
    return connection;
  };
  const connection = await connect();
  return engineOver(connection, connect, () => {
    connection.closeSync();
    instance.closeSync();
  });
}

type GivenValues = DuckDBValue[] | Record<string, DuckDBValue> | undefined;

/** One writer of a small file keeps one core busy; more statements than cores only take more memory. */
const sideBySideMax = Math.min(4, availableParallelism());

function engineOver(
  connection: DuckDBConnection,
  connect: () => Promise<DuckDBConnection>,
  release: () => void,
): Engine {
  let closed = false;
  const guarded = async <T>(action: () => Promise<T>): Promise<T> => {
    if (closed) throw new SiltstoneError('closed', 'the engine is closed');
    try {
      return await action();
    } catch (error) {
      throw engineError(error);
    }
  };
  return {
    run: (sql, values) =>
      guarded(async () => {
        await connection.run(sql, values as GivenValues);
      }),
    rows: (sql, values) =>
      guarded(async () => {
        const reader = await connection.runAndReadAll(sql, values as GivenValues);
        return reader.getRowObjectsJS().map(withNumbers);
      }),
    texts: (sql) =>
      guarded(async () => {
        const reader = await connection.runAndReadAll(sql);
        return reader.getRows().map((row) => row.map(String));
      }),
    together: (statements) => guarded(() => runTogether(connect, statements)),
    result: (sql, rowsMax = Number.MAX_SAFE_INTEGER) =>
      guarded(async () => {
        const reader = await connection.streamAndReadUntil(sql, rowsMax);
        return { columns: columnsOf(reader), rows: reader.getRowsJson().slice(0, rowsMax) };
      }),
    stream: (sql, values) =>
      guarded(async () => {
        const result = await connection.stream(sql, values as GivenValues);
        return { columns: columnsOf(result), chunks: chunksOf(result) };
      }),
    confine: (folders) =>
      guarded(async () => {
        await connection.run(`set allowed_directories = [${folders.map(literal).join(', ')}]`);
        await connection.run('set enable_external_access = false');
        await connection.run('set lock_configuration = true');
      }),
    interrupt: () => connection.interrupt(),
    close: () => {
      if (!closed) release();
      closed = true;
    },
  };
}

function columnsOf(result: Pick<DuckDBResult, 'columnNames' | 'columnType'>): readonly ResultColumn[] {
  return result.columnNames().map((name, i) => ({ name, type: String(result.columnType(i)) }));
}

async function* chunksOf(result: DuckDBResult): AsyncGenerator<readonly (readonly Json[])[]> {
  try {
    yield* result.yieldRowsJson();
  } catch (error) {
    throw engineError(error);
  }
}

/** DuckDB tells of a full disk in words only. */
function engineError(cause: unknown): SiltstoneError {
  const message = messageOf(cause);
  const isFull = /No space left on device|Disk quota exceeded/.test(message);
  return new SiltstoneError(isFull ? 'disk_full' : 'engine_failed', message, { cause });
}

async function runTogether(
  connect: () => Promise<DuckDBConnection>,
  statements: readonly string[],
): Promise<readonly (readonly Row[])[]> {
  const results: (readonly Row[])[] = [];
  const left = [...statements.entries()];
  const worker = async (): Promise<void> => {
    const connection = await connect();
    try {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const reader = await connection.runAndReadAll(next[1]);
        results[next[0]] = reader.getRowObjectsJS().map(withNumbers);
      }
    } finally {
      connection.closeSync();
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: sideBySideMax }, worker));
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return results;
}

function withNumbers(row: Record<string, unknown>): Row {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, asNumber(value)]));
}

function asNumber(value: unknown): unknown {
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  return value;
}
