import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openEngine } from '../../src/engine.ts';
import { readSql } from '../../src/query/index.ts';
import { compacted, tempEngine, tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { hostile } from './hostile-statements.ts';
import { writeJob } from './jobs.ts';
import { askedText, outcomeOf, tempSandbox } from './sandbox.ts';

const secret = 'the-secret-of-this-machine';

function withSecrets(): string {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.csv'), `secret\n${secret}\n`);
  writeFileSync(join(folder, 'a.json'), `{"secret":"${secret}"}\n`);
  return folder;
}

/** What lies in a folder, with sizes and times. */
const contentOf = (folder: string): readonly string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .sort()
    .map((path) => `${path} ${statSync(join(folder, path)).size} ${statSync(join(folder, path)).mtimeMs}`);

test('at least sixty statements that read, write, load or set anything are refused, each with a code, and change nothing', async () => {
  const warehouse = tempWarehouse();
  const outside = withSecrets();
  writeJob(warehouse, 'job-1');
  await compacted(warehouse);
  const engine = await tempEngine();
  await engine.run(`copy (select '${secret}' as secret) to '${outside}/a.parquet'`);
  const sandbox = tempSandbox(warehouse, { workerCount: 1 });
  const before = [contentOf(outside), contentOf(warehouse.path)];
  const statements = hostile.map((sql) => sql.replaceAll('SECRET', outside));

  const outcomes = await Promise.all(statements.map(async (sql) => [sql, await outcomeOf(sandbox, sql)]));
  const answered = outcomes.filter(([, outcome]) => !['query_refused', 'engine_failed'].includes(String(outcome)));

  expect(hostile.length).toBeGreaterThanOrEqual(60);
  expect(answered).toEqual([]);
  expect([contentOf(outside), contentOf(warehouse.path)]).toEqual(before);
  expect(await askedText(sandbox, 'select count(*) from job_metrics')).toContain('"rows":[["1"]]');
});

test('what closes the parenthesis of ours around it is refused', async () => {
  const warehouse = tempWarehouse();
  const outside = withSecrets();
  const sandbox = tempSandbox(warehouse, { workerCount: 1 });
  const statements = [
    `select 1) to '${outside}/out.csv' --`,
    `select 1) limit 1; copy (from '${outside}/a.csv') to '${outside}/out.csv'; select (1`,
    `from read_text('/etc/passwd')`,
    `copy (select 1) to '${outside}/out.csv'`,
  ];
  const outcomes = await Promise.all(
    (['csv', 'parquet'] as const).flatMap((format) => statements.map((sql) => outcomeOf(sandbox, sql, { format }))),
  );
  const refusals = ['engine_failed', 'engine_failed', 'query_refused', 'query_refused'];

  expect(outcomes).toEqual([...refusals, ...refusals]);
  expect(readdirSync(outside)).toEqual(['a.csv', 'a.json']);
});

test('a parameter is a value, whatever it holds', async () => {
  const sandbox = tempSandbox(tempWarehouse(), { workerCount: 1 });
  const given = { params: [`/etc/passwd' union from read_text('/etc/passwd`] };

  expect(await outcomeOf(sandbox, 'select length(?)', given)).toContain('"rows":[["46"]]');
  expect(await outcomeOf(sandbox, 'select * from read_text(?)', given)).toBe('query_refused');
  expect(await outcomeOf(sandbox, 'from ?', given)).toBe('engine_failed');
  expect(await outcomeOf(sandbox, 'select * from query_table(?)', given)).toBe('query_refused');
});

test('NUL characters, a statement of ten megabytes and one nested ten thousand deep are refused', async () => {
  const sandbox = tempSandbox(tempWarehouse(), { workerCount: 1 });
  const deep = (open: string, close: string, times: number): string =>
    `select ${open.repeat(times)}1${close.repeat(times)}`;

  expect(await outcomeOf(sandbox, "select 1\0; copy (select 1) to 'x'")).toBe('query_refused');
  expect(await outcomeOf(sandbox, `select '${'x'.repeat(10_000_000)}'`)).toBe('query_too_large');
  expect(await outcomeOf(sandbox, deep('(', ')', 10_000))).toBe('engine_failed');
  expect(await outcomeOf(sandbox, deep('abs(', ')', 10_000))).toBe('engine_failed');
  expect(await outcomeOf(sandbox, deep('(select ', ')', 5_000))).toBe('engine_failed');
  expect(await outcomeOf(sandbox, deep('[', ']', 10_000))).toBe('engine_failed');
  expect(await outcomeOf(sandbox, `select ${'1+'.repeat(40_000)}1`)).toBe('engine_failed');
  expect(await outcomeOf(sandbox, 'select 1')).toContain('"rows":[[1]]');
});

test('without the check of the statement the engine itself opens no file outside, and keeps its settings', async () => {
  const outside = withSecrets();
  const inside = tempFolder();
  const engine = await openEngine({ memoryBytes: 64 * 1024 * 1024, threads: 1, spills: false });
  await engine.confine([inside]);
  const tries = [
    `from '${outside}/a.csv'`,
    `from read_text('/etc/passwd')`,
    `from read_text('${inside}/../../etc/passwd')`,
    `copy (select 1) to '${outside}/out.csv'`,
    `attach '${outside}/a.db' as other`,
    `load httpfs`,
    `set enable_external_access = true`,
    `set allowed_directories = ['/']`,
    `set memory_limit = '1TB'`,
    `set temp_directory = '${outside}'`,
  ];

  const settled = await Promise.allSettled(tries.map((sql) => engine.run(sql)));
  engine.close();

  expect(settled.map(({ status }) => status)).toEqual(tries.map(() => 'rejected'));
  expect(readdirSync(outside)).toEqual(['a.csv', 'a.json']);
});

test('every function of the engine is on the list of what may be called, or on this one', async () => {
  const engine = await tempEngine();
  const allowed = ['functions', 'table_functions'].flatMap((name) =>
    readSql(`sandbox/${name}.txt`).replaceAll(/^#.*$/gm, '').split(/\s+/),
  );
  const rows = await engine.rows(`select distinct function_name as name from duckdb_functions()
    where function_type <> 'pragma' order by name`);
  const others = rows.map(({ name }) => String(name)).filter((name) => !allowed.includes(name));

  expect(
    others.filter((name) => !/^(__internal_|icu_|st_|has_|pg_|inet_|duckdb_|pragma_)/.test(name)),
  ).toMatchSnapshot();
});

test('the environment of the processes holds nothing of ours', async () => {
  vi.stubEnv('SILTSTONE_SERVE_TOKEN', secret);
  onTestFinished(() => void vi.unstubAllEnvs());
  const sandbox = tempSandbox(tempWarehouse(), { workerCount: 1 });
  await askedText(sandbox, 'select 1');
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  const environments = execFileSync(
    'sh',
    ['-c', `cd /proc && for pid in $1; do cat $pid/environ || true; done`, 'sh', children],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    },
  );

  expect(environments).toContain('TMPDIR=');
  expect(environments).not.toContain(secret);
});
