import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../make/warehouse.ts';
import { openPlainDuckDb } from '../query/plain-duckdb.ts';
import { siltstone, start } from './siltstone.ts';

const sql =
  "select 1 as n, 'a,\"b\"' as text, timestamp '2026-11-23 14:05:00.123' as at, 29.7::float as fps, null::integer as nothing";

function query(args: readonly string[], input = '') {
  return siltstone(['query', ...args, '--warehouse', tempFolder()], { input });
}

test('a table is for people: numbers to the right, times as UTC, NULL empty', () => {
  expect(query([sql]).stdout).toBe(
    [
      'n  text   at                        fps  nothing',
      '─  ─────  ───────────────────────  ────  ───────',
      '1  a,"b"  2026-11-23 14:05:00.123  29.7',
      '',
    ].join('\n'),
  );
});

test.each([
  { format: 'csv', rows: 'n,text,at,fps,nothing\n1,"a,""b""",2026-11-23T14:05:00.123000Z,29.7,\n' },
  {
    format: 'ndjson',
    rows: '{"n":1,"text":"a,\\"b\\"","at":"2026-11-23T14:05:00.123000Z","fps":29.7,"nothing":null}\n',
  },
])('$format has times as ISO 8601 UTC', ({ format, rows }) => {
  expect(query([sql, '--format', format]).stdout).toBe(rows);
});

test('--json is an array of objects', () => {
  const [row] = JSON.parse(query([sql, '--json']).stdout);

  expect(row).toMatchObject({ n: 1, text: 'a,"b"', at: '2026-11-23T14:05:00.123000Z', nothing: null });
});

test('Parquet goes into a pipe', () => {
  expect(query([sql, '--format', 'parquet']).stdout.startsWith('PAR1')).toBe(true);
});

test('--out writes the form that the file’s name says, and never over a file unless forced', async () => {
  const out = join(tempFolder(), 'rows.parquet');
  const args = ['select 7 as n', '--out', out];

  const first = query(args);
  const second = query(args);
  const forced = query(['select 8 as n', '--out', out, '--force']);

  const plain = await openPlainDuckDb();
  expect(first).toMatchObject({ exitCode: 0, stdout: '', stderr: `1 row written into ${out}\n` });
  expect(second).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is there already') });
  expect(forced.exitCode).toBe(0);
  expect(await plain.rows(`from '${out}'`)).toEqual([[8]]);
});

test('SQL comes from stdin, with its comments and its semicolon', () => {
  const input = '-- how many\nselect 2 as n -- two\n;\n';

  expect(query(['-', '--format', 'csv'], input).stdout).toBe('n\n2\n');
});

test('--limit gives so many rows, in the query’s order', () => {
  const sorted = 'select range as n from range(100) order by n desc';

  expect(query([sorted, '--limit', '2', '--format', 'csv']).stdout).toBe('n\n99\n98\n');
});

test('a table has query_rows_max rows, and says how many are left out', () => {
  const { stdout, stderr } = query(['from range(25)', '--set', 'query_rows_max=10']);

  expect(stdout.trim().split('\n')).toHaveLength(12);
  expect(stderr).toBe('15 more rows: --format csv gives all, --set query_rows_max=N shows more\n');
});

test('describe, show and summarize give rows like any query', () => {
  expect(query(['describe job_metrics', '--format', 'csv']).stdout).toContain('created_at,TIMESTAMP');
  expect(query(['show tables']).stdout).toContain('device_usage');
});

test('a large result is piped whole', () => {
  const { stdout } = query(['select range as n from range(1000000)', '--format', 'ndjson']);

  expect(stdout.length).toBe(12_888_890);
  expect(stdout.endsWith('{"n":999999}\n')).toBe(true);
});

test('a reader that goes away ends the query quietly, and nothing is left behind', async () => {
  const TMPDIR = tempFolder();
  const args = ['query', 'from range(3000000)', '--format', 'csv', '--warehouse', tempFolder()];

  const running = start(args, { env: { TMPDIR } });
  running.child.stdout.once('data', () => running.child.stdout.destroy());

  expect(await running.ended()).toBe(0);
  expect(running.stderr()).toBe('');
  expect(readdirSync(TMPDIR)).toEqual([]);
});

test('Ctrl-C stops a query that would run for ever, with the exit code of the shell', async () => {
  const endless = 'select count(*) from range(100000000000) a, range(100000) b';
  const running = start(['query', endless, '--warehouse', tempFolder()]);
  await new Promise((resolve) => setTimeout(resolve, 700));

  running.child.kill('SIGINT');

  expect(await running.ended()).toBe(130);
  expect(running.stderr()).toBe('');
});

test('views shows a view’s columns and SQL, and needs no warehouse', () => {
  const { stdout, exitCode } = siltstone(['views', 'device_usage'], { cwd: tempFolder() });

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^device_usage: One row per device decision/);
  expect(stdout).toMatch(/^device_requested +VARCHAR$/m);
  expect(stdout).toContain(readFileSync('sql/views/09_device_usage.sql', 'utf8').trimEnd());
});

test('views --json lists each with what a row is', () => {
  const views = JSON.parse(siltstone(['views', '--json']).stdout);

  expect(views).toContainEqual({ view: 'device_usage', grain: 'One row per device decision.' });
});
