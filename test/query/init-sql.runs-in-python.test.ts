import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { viewFiles, writeInitSql } from '../../src/query/index.ts';
import { compacted, tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';
import { foreignLines, writeJob } from './jobs.ts';

const python = process.env.PYTHON ?? 'python3';
const version = spawnSync(python, ['-c', 'import duckdb; print(duckdb.__version__)'], { encoding: 'utf8' }).stdout;
const isMissing = !/^([2-9]|1\.([5-9]|\d\d))/.test(version ?? '');

const script = `
import duckdb, json, sys
con = duckdb.connect()
con.execute(open(sys.argv[1]).read())
print(json.dumps([[[str(value) for value in row] for row in con.execute(sql).fetchall()] for sql in sys.argv[2:]]))
`;
const counts = viewFiles()
  .map(({ name }) => `select '${name}' as name, count(*)::varchar as row_count from ${name}`)
  .join(' union all ');

test('Python’s DuckDB gives the rows that the reader gives', async ({ skip }) => {
  skip(isMissing, `${python} has no duckdb 1.5 or newer; PYTHON names another one`);
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  await compacted(warehouse);
  warehouse.append('job-2/bash.ndjson', foreignLines);
  await writeInitSql(warehouse.storage, await tempEngine());
  const sql = 'select id, job_id, event, seq::varchar, stream from events order by all';

  const { stdout, stderr } = spawnSync(python, ['-c', script, join(warehouse.path, 'init.sql'), sql, counts], {
    encoding: 'utf8',
  });
  const reader = await tempReader(warehouse);
  const ours = [await reader.query(sql), await reader.query(counts)].map(({ rows }) => rows);

  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(ours);
});
