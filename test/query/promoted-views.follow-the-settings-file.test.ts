import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { promotedViewsOf, viewFiles, writeInitSql } from '../../src/query/index.ts';
import { linesOf } from '../make/events.ts';
import { promote, sample, sampleFields } from '../make/promotion.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { openByInitSql } from './plain-duckdb.ts';

const events = [
  sample(0, { watts: 301.5, slot: 3, name: 'A100', read_at: '2026-11-23T15:05:00+01:00', limits: { max: 400 } }),
  sample(1, { watts: 'hot', slot: 2.5, busy: false }),
  sample(2, { attrs: { watts: 12, name: 'kept in attrs by its writer' } }),
];

function append(warehouse: Warehouse, stream: string): void {
  warehouse.append(`job-1/${stream}.ndjson`, linesOf(events));
}

test('init.sql gives the same rows of a promoted kind, whatever of it is hot, promoted or older', async () => {
  const warehouse = tempWarehouse();
  append(warehouse, 'older');
  await compacted(warehouse);
  promote(warehouse, { 'gpu.sample': sampleFields });
  append(warehouse, 'promoted');
  await compacted(warehouse);
  append(warehouse, 'hot');
  await writeInitSql(warehouse.storage, await tempEngine());

  const plain = await (await openByInitSql(warehouse.path)).rows('from gpu_sample order by all');

  const { rows } = await (await tempReader(warehouse)).query('from gpu_sample order by all');
  expect(plain).toEqual(rows);
  expect(rows).toHaveLength(9);
});

test('the columns of a view are the event, its promoted fields, and where it stands', async () => {
  const warehouse = tempWarehouse();
  promote(warehouse, { 'gpu.sample': sampleFields });

  const described = await (await tempReader(warehouse)).rows('describe gpu_sample');

  expect(described.map((row) => `${row.column_name} ${row.column_type}`)).toEqual([
    'id UUID',
    'job_id VARCHAR',
    ...Object.entries(sampleFields).map(([field, type]) => `${field} ${type}`.replace('TZ', ' WITH TIME ZONE')),
    'created_at TIMESTAMP',
    'request_id VARCHAR',
    'attrs JSON',
    'stream VARCHAR',
    'seq BIGINT',
    'hot BOOLEAN',
  ]);
});

test('events keeps the columns of the contract: no promotion changes what it shows', async () => {
  const warehouse = tempWarehouse();
  append(warehouse, 'a');
  const reader = await tempReader(warehouse);
  const before = (await reader.query('select * exclude hot from events order by seq')).rows;
  // A field that has the name of a column of the contract is one of the kind's own view only.
  promote(warehouse, { 'gpu.sample': { ...sampleFields, duration_ms: 'DOUBLE' } });
  await compacted(warehouse);

  expect((await reader.query('select * exclude hot from events order by seq')).rows).toEqual(before);
});

test('a kind may have any name that is legal, and a view of SQL’s own words', async () => {
  const warehouse = tempWarehouse();
  promote(warehouse, { select: { from: 'DOUBLE', order: 'BIGINT', event: 'VARCHAR', ts: 'VARCHAR', date: 'BIGINT' } });
  warehouse.append(
    'job-1/a.ndjson',
    linesOf([{ ...sample(0, { from: 1.5, order: 2, date: 7, attrs: { event: 'e', ts: 't' } }), event: 'select' }]),
  );
  const reader = await tempReader(warehouse);
  const rows = async () =>
    (await reader.query('select "from", "order", event, ts, "date", created_at from "select"')).rows;

  const expected = [[1.5, '2', 'e', 't', '7', '2026-11-23 14:05:00.123']];
  expect(await rows()).toEqual(expected);
  await compacted(warehouse);
  expect(await rows()).toEqual(expected);
});

test.each([
  ['is not JSON', '{"kinds":', 'siltstone.json: is not JSON: '],
  ['names no type', '{"kinds":{"gpu.sample":{"watts":"FLOAT"}}}', 'siltstone.json: kinds: gpu.sample: watts: '],
  ['is too long', `{"kinds":{}}${' '.repeat(1024 * 1024)}`, 'siltstone.json: has 1048588 bytes; at most 1048576'],
])('a settings file that %s stops all that need it, and nothing is lost', async (_, content, message) => {
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  append(warehouse, 'a');
  writeFileSync(join(warehouse.path, 'siltstone.json'), content);
  const told = { code: 'bad_setting', message: expect.stringContaining(message) };

  await expect(compacted(warehouse)).rejects.toMatchObject(told);
  await expect(reader.rows('from events')).rejects.toMatchObject(told);
  await expect(promotedViewsOf(warehouse.storage)).rejects.toMatchObject(told);
  promote(warehouse, { 'gpu.sample': sampleFields });
  await compacted(warehouse);

  expect(await reader.rows('select seq, watts from gpu_sample order by seq')).toEqual([
    { seq: 0, watts: 301.5 },
    { seq: 1, watts: null },
    { seq: 2, watts: 12 },
  ]);
});

test.each([...viewFiles().map(({ name }) => name), 'hot_rows', 'lake_adds', 'watermarks'])(
  'a kind whose view would be %s is refused',
  async (kind) => {
    const warehouse = tempWarehouse();
    promote(warehouse, { [kind]: {} });

    await expect(promotedViewsOf(warehouse.storage)).rejects.toMatchObject({
      code: 'bad_setting',
      message: `siltstone.json: kinds: ${kind}: siltstone has a view ${kind} of its own`,
    });
  },
);
