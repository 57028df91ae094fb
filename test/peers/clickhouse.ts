import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { clickHouseViews, copyStatement, localLake, type Reader } from '../../src/query/index.ts';
import { tempFolder } from '../make/warehouse.ts';

interface Session {
  query(sql: string, format?: string): string;
  close(): void;
}

interface Chdb {
  readonly Session: new () => Session;
}

/** The rows of each view as JSON text, sorted. */
type Answers = Readonly<Record<string, readonly string[]>>;

/** ClickHouse in this process, from the package of heavy peers; undefined where that is not installed. */
export function clickHouse(): Chdb | undefined {
  try {
    // ClickHouse reads files below its working folder only, and the tests' warehouses lie here.
    process.chdir(tmpdir());
    return createRequire(new URL('../../bench/peers/package.json', import.meta.url))('chdb') as Chdb;
  } catch {
    // Its absence is told by the test that is skipped.
    return undefined;
  }
}

const serverPath = fileURLToPath(new URL('clickhouse-server.mjs', import.meta.url));

/** A server on this machine that is gone after the test: its URL, and a user as the environment names one. */
export async function startClickHouse(): Promise<{ readonly url: string; readonly env: Record<string, string> }> {
  const child = spawn(process.execPath, [serverPath, tempFolder()], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: `http://127.0.0.1:${port.toString().trim()}`,
    env: { CLICKHOUSE_USER: 'reader', CLICKHOUSE_PASSWORD: 'öffne:dich' },
  };
}

const viewNames = clickHouseViews('lake')
  .map(({ name }) => name)
  .filter((name) => name !== 'lake');

/** A server in a zone that is not UTC, and nothing shown as NULL that is none. */
const asText = `settings session_timezone = 'Pacific/Auckland', output_format_json_quote_denormals = 1,
  output_format_json_quote_64bit_integers = 0`;

/** What ClickHouse answers over the views of sql/clickhouse, made over a lake as users make them; a line a row. */
function asked<T>({ Session }: Chdb, lake: string, use: (ask: (sql: string) => string) => T): T {
  const session = new Session();
  try {
    for (const { sql } of clickHouseViews(localLake(lake))) session.query(sql);
    return use((sql) => session.query(`${sql} ${asText}`, 'JSONEachRow'));
  } finally {
    session.close();
  }
}

/** The rows of each view. */
export function answersOfClickHouse(chdb: Chdb, lake: string): Answers {
  return asked(chdb, lake, (ask) =>
    Object.fromEntries(viewNames.map((view) => [view, sorted(withIsoTimes(ask(`select * from ${view}`)))])),
  );
}

interface Count {
  readonly condition: string;
  /** Events of which it is true, each looked at. */
  readonly n: number;
  /** Events that a query with it as its `where` finds. */
  readonly found: number;
}

export function countsOfClickHouse(chdb: Chdb, lake: string, conditions: readonly string[]): readonly Count[] {
  const count = (condition: string): string =>
    `select countIf(${condition}) as n, (select count() from events where ${condition}) as found from events`;
  return asked(chdb, lake, (ask) =>
    conditions.map((condition) => ({ condition, ...(JSON.parse(ask(count(condition))) as Omit<Count, 'condition'>) })),
  );
}

/** In the zone that the column has, which must be UTC. */
const withIsoTimes = (rows: string): string => rows.replace(/"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{6})"/g, '"$1T$2Z"');

/** What DuckDB's views of the same names say of what is in the lake. */
export async function answersOfDuckDb(reader: Reader): Promise<Answers> {
  const answers: Record<string, readonly string[]> = {};
  for (const view of viewNames) answers[view] = await rowsOfDuckDb(reader, view);
  return answers;
}

async function rowsOfDuckDb(reader: Reader, view: string): Promise<readonly string[]> {
  const columns = await reader.rows(`describe ${view}`);
  // JSON is text in the lake, and so it is in ClickHouse.
  const selection = columns.map(({ column_name: name, column_type: type }) =>
    type === 'JSON' ? `"${name}"::varchar as "${name}"` : `"${name}"`,
  );
  const file = join(tempFolder(), 'rows.ndjson');
  await reader.run(
    await copyStatement(reader, { sql: `select ${selection.join(', ')} from ${view}` }, file, { format: 'ndjson' }),
  );
  return sorted(readFileSync(file, 'utf8'));
}

/** Each row as JavaScript reads and writes it, so that one number has one form; `events` has its columns as the lake came by them. */
function sorted(ndjson: string): readonly string[] {
  const lines = ndjson.split('\n').filter((line) => line !== '');
  const columns = (line: string): readonly (readonly [string, unknown])[] => Object.entries(JSON.parse(line)).sort();
  return lines.map((line) => JSON.stringify(Object.fromEntries(columns(line)))).sort();
}
