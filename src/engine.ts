import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue, type Json } from '@duckdb/node-api';
import { messageOf, SiltstoneError } from './errors.ts';

export interface EngineOptions {
  readonly memoryBytes: number;
  /** 0 for one a core. */
  readonly threads: number;
}

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

/** One DuckDB in memory, with our limits and UTC. Not shared between callers that run statements at once. */
export interface Engine {
  /** Runs one statement. @throws SiltstoneError `engine_failed` with DuckDB’s message. */
  run(sql: string, values?: readonly unknown[]): Promise<void>;
  /** The rows as objects; a BIGINT that a double holds is a number. */
  rows(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** The rows of a result of texts alone, as lists. */
  texts(sql: string): Promise<readonly (readonly string[])[]>;
  /** The rows of several statements that run side by side, which see tables but neither variables nor temporary ones. */
  together(statements: readonly string[]): Promise<readonly (readonly Row[])[]>;
  /** At most `rowsMax` rows, as JSON. */
  result(sql: string, rowsMax?: number): Promise<Result>;
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
    temp_directory: join(tmpdir(), `siltstone-spill-${process.pid}`),
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
        await connection.run(sql, values as DuckDBValue[] | undefined);
      }),
    rows: (sql, values) =>
      guarded(async () => {
        const reader = await connection.runAndReadAll(sql, values as DuckDBValue[] | undefined);
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
        const columns = reader.columnNames().map((name, i) => ({ name, type: String(reader.columnType(i)) }));
        return { columns, rows: reader.getRowsJson().slice(0, rowsMax) };
      }),
    interrupt: () => connection.interrupt(),
    close: () => {
      if (!closed) release();
      closed = true;
    },
  };
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
