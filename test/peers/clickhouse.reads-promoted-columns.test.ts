import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { linesOf } from '../make/events.ts';
import { promote, sample, sampleFields } from '../make/promotion.ts';
import { compacted, tempWarehouse } from '../make/warehouse.ts';
import { clickHouse } from './clickhouse.ts';

const chdb = clickHouse();

test('ClickHouse sees promoted fields as typed columns, and NULL in files from before', async ({ skip }) => {
  if (chdb === undefined) return skip('chdb is not installed: run npm ci in bench/peers');
  const warehouse = tempWarehouse();
  const fields = { name: 'A100', slot: 3, watts: 301.5, busy: true, read_at: '2026-11-23T14:05:00.5Z' };
  warehouse.append('job-1/a.ndjson', linesOf([sample(0, fields)]));
  await compacted(warehouse);
  promote(warehouse, { 'gpu.sample': sampleFields });
  warehouse.append('job-1/b.ndjson', linesOf([sample(0, fields), sample(1, { watts: 'hot' })]));
  await compacted(warehouse);

  const columns = Object.keys(fields).map((field) => `gpu_sample__${field}`);
  const session = new chdb.Session();
  onTestFinished(() => session.close());
  const ask = (what: (column: string) => string, where: string): readonly unknown[] => {
    const sql = `select ${columns.map(what)} from deltaLakeLocal('${join(warehouse.path, 'events')}') where ${where}`;
    return session
      .query(sql, 'JSONCompactStringsEachRow')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  };

  expect(ask((column) => `toTypeName(${column})`, 'seq = 1')).toEqual([
    [
      'Nullable(String)',
      'Nullable(Int64)',
      'Nullable(Float64)',
      'Nullable(Bool)',
      expect.stringMatching(/DateTime64\(6/),
    ],
  ]);
  expect(ask((column) => column, 'seq = 0 order by gpu_sample__watts')).toEqual([
    ['A100', '3', '301.5', 'true', '2026-11-23 14:05:00.500000'],
    [null, null, null, null, null].map(() => expect.stringMatching(/NULL|ᴺᵁᴸᴸ/)),
  ]);
});
