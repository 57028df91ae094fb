import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client';
import type { Result } from '../engine.ts';
import { type ErrorCode, messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';
import { type CopyFormat, subquery } from './export-copy.ts';

export interface ClickHouseServer {
  /** `http://host:8123`, with `user:password@` in front and `/database` behind where they are known. */
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** The server gives a query up after this. */
  readonly timeoutMs: number;
  /** Ends what runs, on the server too. */
  readonly signal?: AbortSignal | undefined;
}

/** A ClickHouse server, asked over HTTP. Each method throws SiltstoneError `clickhouse_unreachable`, `_refused` or `_failed`. */
export interface ClickHouse {
  /** At most `rowsMax` rows; whole numbers of 64 bits and times are text. */
  result(sql: string, rowsMax: number): Promise<Result>;
  /** The rows as bytes of a file. They begin only once the server has all of them, so that a failure comes before. */
  rows(sql: string, format: CopyFormat, rowsMax?: number): Promise<Readable>;
  /** Runs a statement that is no query. */
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a client; nothing is sent before the first query. @throws SiltstoneError `bad_setting` for a URL that is none */
export async function openClickHouse({ timeoutMs, signal, ...server }: ClickHouseServer): Promise<ClickHouse> {
  const { createClient, ClickHouseLogLevel } = await import('@clickhouse/client');
  const address = addressOf(server);
  const client = createClient({
    ...address,
    application: 'siltstone',
    request_timeout: timeoutMs + answerWaitMs,
    log: { level: ClickHouseLogLevel.OFF },
  });
  const ask = asking(client, address.url, { timeoutMs, signal });
  return {
    result: async (sql, rowsMax) => {
      const stream = await ask(formatted(sql, 'JSONCompact'), { ...reading, limit: String(rowsMax) });
      return resultOf(parsed(await buffer(stream), address.url));
    },
    rows: (sql, format, rowsMax = 0) =>
      ask(formatted(sql, formats[format].name), {
        ...reading,
        ...formats[format].settings,
        limit: String(rowsMax),
      }),
    run: async (sql) => {
      await buffer(await ask(sql, {}));
    },
    close: () => client.close(),
  };
}

/** What only tells about tables and queries, and cannot stand inside a query. */
const telling = /^(\s|--[^\n]*\n|\/\*.*?\*\/)*(show|describe|desc|explain|exists)\b/is;

/**
 * The query inside another one, where nothing but a query parses: `readonly` alone would let an `insert into function`
 * write. `readonly = 1` would not, and refuses the table functions of the lake as well.
 */
function formatted(sql: string, format: string): string {
  return `${telling.test(sql) ? sql.replace(/[;\s]+$/, '') : `select * from\n${subquery(sql)}`}\nformat ${format}`;
}

/** What the server may take beyond its own limit until it has said so. */
const answerWaitMs = 10_000;

interface CompactJson {
  readonly meta: Result['columns'];
  readonly data: Result['rows'];
}

/** What answers may be a proxy with a page of its own. */
function parsed(answer: Buffer, url: string): CompactJson {
  try {
    return JSON.parse(answer.toString('utf8')) as CompactJson;
  } catch (cause) {
    const begin = answer.toString('utf8', 0, 100).trim();
    throw new SiltstoneError('clickhouse_failed', `${url} gave no rows: ${begin || 'an empty answer'}`, { cause });
  }
}

/** Types by DuckDB's names where a table needs them, and times without the zeros at their end. */
function resultOf({ meta, data }: CompactJson): Result {
  const types = meta.map(({ type }) =>
    type.replace(/^(?:LowCardinality\()?(?:Nullable\()?([^()]*(?:\(.*?\))?)\)*$/, '$1'),
  );
  return {
    columns: meta.map(({ name }, i) => ({ name, type: duckDbType(types[i] ?? '') })),
    rows: data.map((row) => row.map((value, i) => (/^DateTime64/.test(types[i] ?? '') ? shortTime(value) : value))),
  };
}

function duckDbType(type: string): string {
  if (type === 'Float32') return 'FLOAT';
  return /^(U?Int\d+|Float64|Decimal.*)$/.test(type) ? 'DOUBLE' : 'VARCHAR';
}

const shortTime = <T>(value: T): T | string => (typeof value === 'string' ? value.replace(/\.?0+$/, '') : value);

/** Nothing is changed, and times are UTC whatever zone the server is in. */
const reading: ClickHouseSettings = {
  readonly: '2',
  session_timezone: 'UTC',
  wait_end_of_query: 1,
  cancel_http_readonly_queries_on_client_close: 1,
  output_format_json_quote_64bit_integers: 1,
};

const plainTexts: ClickHouseSettings = {
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  output_format_json_escape_forward_slashes: 0,
};

/** Each form as DuckDB writes it, as near as ClickHouse comes. */
const formats: Readonly<Record<CopyFormat, { readonly name: string; readonly settings: ClickHouseSettings }>> = {
  csv: { name: 'CSVWithNames', settings: { ...plainTexts, format_csv_null_representation: '' } },
  json: { name: 'JSONEachRow', settings: { ...plainTexts, output_format_json_array_of_rows: 1 } },
  ndjson: { name: 'JSONEachRow', settings: plainTexts },
  parquet: { name: 'Parquet', settings: { output_format_parquet_compression_method: 'zstd' } },
};

type Ask = (query: string, settings: ClickHouseSettings) => Promise<Readable>;

function asking(client: ClickHouseClient, url: string, limits: Pick<ClickHouseServer, 'timeoutMs' | 'signal'>): Ask {
  return async (query, settings) => {
    try {
      const { stream } = await client.exec({
        query,
        clickhouse_settings: { ...settings, max_execution_time: Math.ceil(limits.timeoutMs / 1000) },
        ...(limits.signal && { abort_signal: limits.signal }),
      });
      return stream;
    } catch (error) {
      throw clickHouseError(error, url);
    }
  };
}

interface Address {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly database?: string;
}

/** What stands in the URL wins. Apart from it, user and password would be shown wherever the URL is. */
function addressOf({ url, user, password }: Pick<ClickHouseServer, 'url' | 'user' | 'password'>): Address {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const database = parsed?.pathname.replace(/^\/|\/$/g, '');
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.search !== '' || database?.includes('/')) {
    throw new SiltstoneError('bad_setting', 'clickhouse_url is no http://host:port, with /database behind it or not');
  }
  return {
    url: parsed.origin,
    username: decodeURIComponent(parsed.username) || user || 'default',
    password: decodeURIComponent(parsed.password) || password || '',
    ...(database && { database: decodeURIComponent(database) }),
  };
}

/** ClickHouse's codes of what is about the user: unknown, wrong password, no password, no right, read only. */
const refusals: ReadonlySet<string> = new Set(['192', '193', '194', '497', '516', '164']);
const messageLengthMax = 1_000;

function clickHouseError(cause: unknown, url: string): SiltstoneError {
  const code = systemCodeOf(cause) ?? '';
  // Behind the first line comes the query, and behind the place of a syntax error every word that could stand there.
  const [line = ''] = messageOf(cause).trim().split('\n');
  const message = line.replace(/\. Expected one of: .*/, '').slice(0, messageLengthMax);
  const fail = (ours: ErrorCode, text: string): SiltstoneError => new SiltstoneError(ours, text, { cause });
  if (refusals.has(code)) return fail('clickhouse_refused', `${url} says: ${message}`);
  if (/^\d+$/.test(code)) return fail('clickhouse_failed', `${url} says: ${message}`);
  return fail('clickhouse_unreachable', `ask ${url}: ${message || code}`);
}
