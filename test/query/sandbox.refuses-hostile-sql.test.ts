import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openEngine } from '../../src/engine.ts';
import { readSql } from '../../src/query/index.ts';
import { compacted, tempEngine, tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { writeJob } from './jobs.ts';
import { askedText, outcomeOf, tempSandbox } from './sandbox.ts';

const secret = 'the-secret-of-this-machine';

/** Statements that read, write, set, load or list what is not of the views. `SECRET` stands for a folder outside. */
const hostile = `
copy (select 1) to 'SECRET/out.csv'
copy job_metrics to 'SECRET/out.parquet' (format parquet)
copy job_metrics from 'SECRET/a.csv'
attach 'SECRET/a.db' as other
attach ':memory:' as other
detach memory
use memory
install httpfs
load httpfs
force install spatial from 'http://localhost/'
export database 'SECRET/dump'
import database 'SECRET/dump'
create table mine as select 1
create or replace view job_metrics as select 1
create macro f(x) as x
create temp table mine (a int)
create secret s (type s3)
create type mood as enum ('a')
create sequence s
create schema mine
drop view job_metrics
drop table hot_rows
alter view job_metrics rename to mine
insert into hot_rows values (1)
update hot_rows set event = 'x'
delete from hot_rows
truncate hot_rows
merge into hot_rows using job_metrics on true when matched then delete
set memory_limit = '100GB'
set variable lake_seed = '/etc/passwd'
set enable_external_access = true
set lock_configuration = false
set allowed_directories = ['/']
reset memory_limit
pragma database_list
pragma enable_profiling = 'json'
pragma version
call pragma_version()
call duckdb_settings()
checkpoint
vacuum
analyze
begin
commit
rollback
prepare p as select 1
execute p
deallocate p
explain select 1
explain analyze select * from read_text('SECRET/a.csv')
select 1; select 2
select 1; drop view job_metrics
;
select * from read_text('/etc/passwd')
select * from read_blob('/etc/passwd')
select * from read_csv('SECRET/a.csv')
select * from read_csv_auto('SECRET/a.csv')
select * from sniff_csv('SECRET/a.csv')
select * from read_json('SECRET/a.json')
select * from read_ndjson_objects('SECRET/a.json')
select * from read_parquet('SECRET/a.parquet')
select * from parquet_scan('SECRET/a.parquet')
select * from parquet_metadata('SECRET/a.parquet')
select * from parquet_file_metadata('SECRET/*')
select * from glob('/etc/*')
select * from glob('SECRET/*')
from '/etc/passwd'
from 'SECRET/a.csv'
from 'SECRET/a.parquet'
from "SECRET/a.json"
select * from "SECRET/a.csv" as events
from 'SECRET/*.csv'
with t as (from 'SECRET/a.csv') from t
with "SECRET/a.csv" as (select 1) select * from (select * from "SECRET/a.csv")
select (select content from read_text('/etc/passwd'))
select * from job_metrics, lateral (select * from read_text('SECRET/a.csv'))
select [x for x in (select list(content) from read_text('/etc/passwd'))]
select list_transform([1], x -> (select max(content) from read_text('/etc/passwd')))
select 1 where exists (from read_csv('SECRET/a.csv'))
select * from job_metrics order by (select content from read_text('/etc/passwd'))
select 1 limit (select count(*) from read_text('/etc/passwd'))
select 1 union all select content from read_text('/etc/passwd')
describe from 'SECRET/a.csv'
summarize from read_csv('SECRET/a.csv')
from (describe select * from read_csv('SECRET/a.csv'))
from 'SECRET/a.csv' pivot (count(*) for secret in ('x'))
select /* harmless */ * from /* */ read_text /* */ ('/etc/passwd') -- nothing
select * from READ_TEXT('/etc/passwd')
select * from "read_text"('/etc/passwd')
select * from main.read_text('/etc/passwd')
select * from system.main.read_text('/etc/passwd')
select '/etc/passwd'.read_text()
select * from rеad_text('/etc/passwd')
select * from ｒead_text('/etc/passwd')
select * from read_text(chr(47) || 'etc/passwd')
select * from read_text($$/etc/passwd$$)
select * from read_text(E'\\x2fetc/passwd')
select getenv('HOME')
select current_setting('allowed_directories')
select getvariable('lake_all_files')
select * from duckdb_secrets()
select * from duckdb_settings()
select * from duckdb_variables()
select * from duckdb_functions()
select * from duckdb_databases()
select * from duckdb_logs()
select * from duckdb_temporary_files()
select * from duckdb_external_file_cache()
select * from which_secret('a', 'b')
select * from pragma_database_size()
select * from pragma_user_agent()
select * from pragma_table_info('job_metrics')
select * from pragma_storage_info('hot_rows')
select * from sql_auto_complete('sel')
select * from query('from read_text(''/etc/passwd'')')
select * from query_table('hot_rows')
select * from query_table(['SECRET/a.csv'])
select * from json_execute_serialized_sql(json_serialize_sql('select 1'))
select json_serialize_plan('from read_text(''/etc/passwd'')')
select * from seq_scan('hot_rows')
select * from read_duckdb('SECRET/a.db')
select * from hot_rows
select * from lake_adds
select * from main.watermarks
select * from promoted_columns
select * from information_schema.tables
select * from duckdb_tables
select * from sqlite_master
select * from pg_catalog.pg_class
select * from memory.main.job_metrics
select * from temp.main.hot_rows
show tables
show all tables
show databases
select * from (show tables)
select * from job_metrics at (version => 1)
select nextval('s')
select setseed(0.5)
select sleep_ms(60000)
select pg_sleep(60)
select write_log('x')
select * from enable_logging()
select * from enable_profiling()
select * from checkpoint()
select * from test_all_types()
select * from repeat_row(1, num_rows := 10)
select * from lake_rows('log')
select * from events_of('log')
select default
select 1e400
`
  .trim()
  .split('\n');

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
