import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitPath, dataPath } from '../../src/lake/index.ts';
import { writeInitSql } from '../../src/query/index.ts';
import { lineOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';
import { openByInitSql } from '../query/plain-duckdb.ts';

test.each([
  ['event=log/date=2026-11-23/part-1.parquet', 'events/event=log/date=2026-11-23/part-1.parquet'],
  ['event=a%3Ab/date=2026-11-23/d%20%C3%A9.parquet', 'events/event=a:b/date=2026-11-23/d é.parquet'],
  ['event=log/%252e%252e/x..y.parquet', 'events/event=log/%2e%2e/x..y.parquet'],
])('a path of the log is decoded once: %s', (encoded, path) => {
  expect(dataPath(encoded)).toBe(path);
});

const hostile = [
  '../../etc/passwd',
  'event=log/../../x.parquet',
  '%2e%2e/x.parquet',
  'event=log%2F..%2F..%2Fx.parquet',
  '/etc/passwd',
  '%2Fetc%2Fpasswd',
  'file:///etc/passwd',
  's3://bucket/x.parquet',
  'S3%3A//bucket/x.parquet',
  'event=log//x.parquet',
  './x.parquet',
  '',
  '_delta_log/00000000000000000000.json',
  'event=log/x%00.parquet',
  'event=log\\..\\x.parquet',
  'event=log/%E0%A4%A.parquet',
];

test.each(hostile)('a path that leaves the table is damage: %j', (encoded) => {
  expect(() => dataPath(encoded)).toThrow(expect.objectContaining({ code: 'lake_damaged' }));
});

test('no query opens a file that a foreign log names outside the table, here or by init.sql', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lineOf(logLine()));
  await compacted(warehouse);
  await writeInitSql(warehouse.storage, await tempEngine());
  const add = { path: '..%2F..%2Fsecret.parquet', size: 1, modificationTime: 1, dataChange: true };
  const partitionValues = { event: 'log', date: '2026-11-23' };
  appendFileSync(join(warehouse.path, commitPath(1)), lineOf({ add: { ...add, partitionValues } }));

  await expect((await tempReader(warehouse)).rows('from logs')).rejects.toMatchObject({ code: 'lake_damaged' });
  await expect(openByInitSql(warehouse.path)).rejects.toThrow('no file of the table');
});
