import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Ended, siltstone } from '../cli/siltstone.ts';
import { compacted, tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { writeJob } from '../query/jobs.ts';
import { openPlainDuckDb } from '../query/plain-duckdb.ts';
import { clickHouse, startClickHouse } from './clickhouse.ts';

const isMissing = clickHouse() === undefined;
const missing = 'chdb is not installed: run npm ci in bench/peers';

/** A server without views, and the command line as it asks it. */
async function server() {
  const { url, env } = await startClickHouse();
  const ask = (args: readonly string[], input = ''): Ended =>
    siltstone([...args, '--engine', 'clickhouse', '--url', url], { env, input });
  return { url, env, ask };
}

const sql =
  "select 1 as n, 'a,\"b\"' as text, toDateTime64('2026-11-23 14:05:00.123', 6) as at, toFloat32(29.7) as fps, null as nothing";

test('the views are made over a warehouse, and say what DuckDB’s say', async ({ skip }) => {
  skip(isMissing, missing);
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  await compacted(warehouse);
  const { ask } = await server();

  const made = ask(['views', '--create', '--warehouse', warehouse.path]);
  const again = ask(['views', '--create', '--warehouse', warehouse.path]);
  const query = ['query', 'select * from job_metrics', '--json'];

  expect(made).toMatchObject({ exitCode: 0, stdout: '', stderr: '24 views made\n' });
  expect(again).toEqual(made);
  expect(JSON.parse(ask(query).stdout)).toEqual(
    JSON.parse(siltstone([...query, '--warehouse', warehouse.path]).stdout),
  );
  expect(ask(['query', 'select count() as boxes from detections', '--format', 'csv']).stdout).toBe('"boxes"\n2\n');
});

test('each form is as DuckDB gives it, but for quotes in CSV', async ({ skip }) => {
  skip(isMissing, missing);
  const { ask } = await server();

  expect(ask(['query', sql]).stdout.split('\n')).toEqual([
    'n  text   at                        fps  nothing',
    '─  ─────  ───────────────────────  ────  ───────',
    '1  a,"b"  2026-11-23 14:05:00.123  29.7',
    '',
  ]);
  expect(ask(['query', sql, '--format', 'csv']).stdout).toBe(
    '"n","text","at","fps","nothing"\n1,"a,""b""","2026-11-23T14:05:00.123000Z",29.7,\n',
  );
  expect(ask(['query', sql, '--format', 'ndjson']).stdout).toBe(
    '{"n":1,"text":"a,\\"b\\"","at":"2026-11-23T14:05:00.123000Z","fps":29.7,"nothing":null}\n',
  );
  expect(JSON.parse(ask(['query', sql, '--json']).stdout)).toMatchObject([{ n: 1, text: 'a,"b"', nothing: null }]);
});

test('a large result is piped whole and in its order, and goes into a file that is there whole or not at all', async ({
  skip,
}) => {
  skip(isMissing, missing);
  const { ask } = await server();
  const out = join(tempFolder(), 'rows.parquet');
  const large = 'select number as n from numbers(1000000) order by n desc -- all\n;\n';

  const piped = ask(['query', '-', '--format', 'ndjson'], large);
  const written = ask(['query', '-', '--out', out], large);
  const second = ask(['query', '-', '--out', out], large);
  const failed = ask(['query', 'select throwIf(number = 900000) from numbers(1000000)', '--out', `${out}.csv`]);

  const plain = await openPlainDuckDb();
  expect(piped.stdout).toMatch(/^\{"n":999999\}\n\{"n":999998\}\n/);
  expect(piped.stdout).toHaveLength(12_888_890);
  expect(written).toMatchObject({ exitCode: 0, stdout: '', stderr: `the rows are written into ${out}\n` });
  expect(await plain.rows(`select count(*)::int, max(n)::int from '${out}'`)).toEqual([[1_000_000, 999_999]]);
  expect(second).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is there already') });
  expect(failed).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('clickhouse_failed') });
  expect(existsSync(`${out}.csv`)).toBe(false);
});

test('rows are limited as asked, in the query’s order', async ({ skip }) => {
  skip(isMissing, missing);
  const { ask } = await server();
  const rows = 'select number as n from numbers(25) order by n desc';

  const few = ask(['query', rows, '--set', 'query_rows_max=2']);

  expect(ask(['query', rows, '--limit', '2', '--format', 'csv']).stdout).toBe('"n"\n24\n23\n');
  expect(few.stdout.trim().split('\n')).toEqual(['n', '──', '24', '23']);
  expect(few.stderr).toMatch(/^there are more rows/);
});

test('tables can be shown and described', async ({ skip }) => {
  skip(isMissing, missing);
  const { ask } = await server();

  expect(ask(['query', 'show databases;']).stdout).toContain('default');
  expect(ask(['query', '/* of */ describe (select 1 as n)', '--format', 'csv']).stdout).toContain('"n","UInt8"');
});

test.for([
  ["insert into function file('siltstone-never.csv') select 1"],
  ["with a as (select 1 as x) insert into function file('siltstone-never.csv') select * from a"],
  ['create table t (n UInt8) engine = Memory'],
  ['select 1; drop table t'],
  ['select 1) format Null --'],
])('what is no query is refused before it does anything: %s', async ([statement = ''], { skip }) => {
  skip(isMissing, missing);
  const { ask } = await server();

  expect(ask(['query', statement])).toMatchObject({ exitCode: 1, stdout: '' });
  expect(ask(['query', "show tables like 't'", '--format', 'csv']).stdout).toBe('"name"\n');
});

test('a failure says its code and what to do', async ({ skip }) => {
  skip(isMissing, missing);
  const { ask, url, env } = await server();
  const away = ['query', 'select 1', '--engine', 'clickhouse', '--url'];

  expect(ask(['query', 'select * from nope']).stderr).toMatch(
    /^error: http\S+ says: Unknown table.*\n code: clickhouse_failed\n {3}do: /,
  );
  expect(ask(['query', 'selec 1']).stderr).toMatch(/^error: .*Syntax error[^\n]{0,80}\n code: clickhouse_failed\n/);
  expect(siltstone([...away, url], { env: { ...env, CLICKHOUSE_PASSWORD: 'no' } })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/Authentication failed.*\n code: clickhouse_refused\n {3}do: Set CLICKHOUSE_USER/),
  });
  expect(siltstone([...away, 'http://u:secret@127.0.0.1:1/db'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(
      /^error: ask http:\/\/127.0.0.1:1: .*ECONNREFUSED.*\n code: clickhouse_unreachable\n/,
    ),
  });
});

test('the user in the URL wins over the environment’s', async ({ skip }) => {
  skip(isMissing, missing);
  const { url, env } = await server();
  const withUser = url.replace('http://', `http://reader:${encodeURIComponent('öffne:dich')}@`);

  const { stdout } = siltstone(
    ['query', 'select 7 as n', '--format', 'csv', '--engine', 'clickhouse', '--url', `${withUser}/default`],
    {
      env: { ...env, CLICKHOUSE_USER: 'another' },
    },
  );

  expect(stdout).toBe('"n"\n7\n');
});
