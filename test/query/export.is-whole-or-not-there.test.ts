import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contractTables, exportDatabase, exportRows, exportTables } from '../../src/query/index.ts';
import { compacted, tempFolder, tempReader, tempWarehouse } from '../make/warehouse.ts';
import { writeJob } from './jobs.ts';
import { openPlainDuckDb } from './plain-duckdb.ts';

const csv = { format: 'csv', force: false } as const;

async function readerOfTwoJobs() {
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  await compacted(warehouse);
  writeJob(warehouse, 'job-2');
  return tempReader(warehouse);
}

test('the four tables become four files, compacted rows and hot ones', async () => {
  const out = join(tempFolder(), 'metrics');

  const exported = await exportTables(await readerOfTwoJobs(), out, csv);

  expect(exported.map(({ table, rowCount }) => [table, rowCount])).toEqual([
    ['job_metrics', 2],
    ['plugin_metrics', 4],
    ['overlay_metrics', 4],
    ['device_usage', 2],
  ]);
  expect(readdirSync(out).sort()).toEqual(contractTables.map((table) => `${table}.csv`).sort());
  expect(readFileSync(join(out, 'device_usage.csv'), 'utf8')).toMatch(
    /^id,job_id,device_requested,device_used,fallback,created_at\n[0-9a-f-]{36},job-1,gpu,cpu,true,\d{4}-.*Z\n/,
  );
});

test('one DuckDB file has real tables with their keys, and what may not be null is not', async () => {
  const path = join(tempFolder(), 'metrics.db');

  await exportDatabase(await readerOfTwoJobs(), path, false);

  const plain = await openPlainDuckDb(path);
  expect(await plain.rows('select job_id, status, duration_ms from job_metrics order by 1')).toEqual([
    ['job-1', 'done', 1235],
    ['job-2', 'done', 1235],
  ]);
  expect(
    await plain.rows(`select table_name, constraint_column_names from duckdb_constraints()
    where constraint_type = 'PRIMARY KEY' order by all`),
  ).toEqual([...contractTables].sort().map((table) => [table, ['id']]));
  expect(
    await plain.rows(`select table_name, column_name from duckdb_columns()
    where column_name in ('id', 'job_id', 'created_at') and is_nullable`),
  ).toEqual([]);
  expect(readdirSync(join(path, '..'))).toEqual(['metrics.db']);
});

test('a file that is there is not replaced, unless it is forced', async () => {
  const path = join(tempFolder(), 'rows.csv');
  writeFileSync(path, 'mine');
  const reader = await readerOfTwoJobs();

  await expect(exportRows(reader, { view: 'logs' }, path, csv)).rejects.toMatchObject({ code: 'bad_usage' });
  expect(readFileSync(path, 'utf8')).toBe('mine');
  await exportRows(reader, { view: 'logs' }, path, { ...csv, force: true });

  expect(readFileSync(path, 'utf8')).toContain('half way');
});

test('of several files none is written where one is there', async () => {
  const out = tempFolder();
  writeFileSync(join(out, 'device_usage.csv'), 'mine');

  await expect(exportTables(await readerOfTwoJobs(), out, csv)).rejects.toMatchObject({ code: 'bad_usage' });

  expect(readdirSync(out)).toEqual(['device_usage.csv']);
});

test('an export that fails half way leaves nothing, and what was there stays', async () => {
  const out = tempFolder();
  const path = join(out, 'rows.csv');
  writeFileSync(path, 'mine');
  const sql = "select case when range > 500000 then error('half way') else range end from range(1000000)";

  const failing = exportRows(await readerOfTwoJobs(), { sql }, path, { ...csv, force: true });

  await expect(failing).rejects.toMatchObject({ code: 'engine_failed' });
  expect(readdirSync(out)).toEqual(['rows.csv']);
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

test('a database that fails half way is detached, and the reader goes on', async () => {
  const path = join(tempFolder(), 'metrics.db');
  const reader = await readerOfTwoJobs();
  await reader.run('create or replace view device_usage as select null::uuid as id, 1 as other');

  await expect(exportDatabase(reader, path, false)).rejects.toMatchObject({ code: 'engine_failed' });

  expect(existsSync(path)).toBe(false);
  expect(await reader.rows("select count(*) as n from duckdb_databases() where database_name = 'exported'")).toEqual([
    { n: 0 },
  ]);
});

test('a folder that nothing can be written into is told', async () => {
  const reader = await readerOfTwoJobs();
  const file = join(tempFolder(), 'file');
  writeFileSync(file, '');

  await expect(exportRows(reader, { view: 'logs' }, join(file, 'rows.csv'), csv)).rejects.toMatchObject({
    code: 'file_not_writable',
  });
});
