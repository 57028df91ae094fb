import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { merge } from '../../src/compactor/index.ts';
import { deltaField } from '../../src/events/index.ts';
import { loadSnapshot, type Storage, schemaColumns, transact, wholeColumns } from '../../src/lake/index.ts';
import { verify } from '../../src/query/index.ts';
import { linesOf } from '../make/events.ts';
import { promote, sample, sampleFields } from '../make/promotion.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const whole = {
  name: 'A100',
  slot: 3,
  watts: 301.5,
  busy: true,
  read_at: '2026-11-23T15:05:00.5+01:00',
  limits: { max: [400] },
};
const odd = { name: 7, slot: 2.5, watts: 'hot', busy: 'yes', read_at: '15:05', limits: null, other: 1 };

/** Appends events of the kind to a stream, the fields typed as promised or not. */
function append(warehouse: Warehouse, stream: string): void {
  warehouse.append(`job-1/${stream}.ndjson`, linesOf([sample(0, whole), sample(1, odd), sample(2, {})]));
}

const fields = Object.keys(sampleFields).join(', ');

async function answers(warehouse: Warehouse, columns = fields): Promise<readonly (readonly unknown[])[]> {
  const reader = await tempReader(warehouse);
  return (await reader.query(`select ${columns}, attrs, id, created_at from gpu_sample order by id`)).rows;
}

async function columnsInLake({ storage }: Warehouse): Promise<readonly unknown[]> {
  const { metaData } = await loadSnapshot(storage, await tempEngine());
  return schemaColumns(metaData)
    .filter(({ name }) => name.startsWith('gpu_sample__'))
    .map(({ name, type }) => [name, type]);
}

/** Of each file of the kind, the columns that every row of it has. */
async function wholeInFiles({ storage }: Warehouse): Promise<readonly (readonly string[])[]> {
  const { files } = await loadSnapshot(storage, await tempEngine());
  return [...files.values()].filter(({ path }) => path.startsWith('event=gpu.sample')).map(wholeColumns);
}

/** What the files of the kind hold by themselves, as other engines see it. */
async function inFiles({ storage }: Warehouse, column: string): Promise<readonly unknown[]> {
  const engine = await tempEngine();
  const files = storage.locate('events/event=gpu.sample/*/*.parquet');
  const { rows } = await engine.result(`select stream, seq, ${column} from read_parquet('${files}',
    union_by_name = true) where ${column} is not null order by all`);
  return rows.map((row) => row.at(-1));
}

test('a promoted field is the same from the hot tail, from a new file and from one older than the promotion', async () => {
  const warehouse = tempWarehouse();
  append(warehouse, 'before');
  await compacted(warehouse);
  promote(warehouse, { 'gpu.sample': sampleFields });
  append(warehouse, 'after');
  const reader = await tempReader(warehouse);
  const rows = async () =>
    (await reader.query(`select ${fields}, attrs, hot from gpu_sample order by stream, seq`)).rows;
  const typed = ['A100', '3', 301.5, true, '2026-11-23 14:05:00.5+00', '{"max":[400]}'];
  const none = [null, null, null, null, null, null];
  const expected = [typed, none, none, typed, none, none].map((row) => expect.arrayContaining(row));
  const before = await rows();

  expect(before).toEqual(expected);
  expect(before.map((row) => row.at(-1))).toEqual([true, true, true, false, false, false]);
  await compacted(warehouse);
  const after = await rows();
  expect(after.map((row) => row.slice(0, -1))).toEqual(before.map((row) => row.slice(0, -1)));
  expect(after.map((row) => row.at(-1))).toEqual(Array(6).fill(false));
});

test('the columns are in the schema from the commit on that brings them, with their bounds', async () => {
  const warehouse = tempWarehouse();
  const engine = await tempEngine();
  append(warehouse, 'before');
  await compacted(warehouse);
  promote(warehouse, { 'gpu.sample': sampleFields, 'never.seen': { x: 'DOUBLE' } });
  append(warehouse, 'after');
  await compacted(warehouse);

  expect(await columnsInLake(warehouse)).toEqual([
    ['gpu_sample__name', 'string'],
    ['gpu_sample__slot', 'long'],
    ['gpu_sample__watts', 'double'],
    ['gpu_sample__busy', 'boolean'],
    ['gpu_sample__read_at', 'timestamp'],
  ]);
  expect((await loadSnapshot(warehouse.storage, engine)).version).toBe(1);
  expect(await inFiles(warehouse, 'gpu_sample__watts')).toEqual([301.5]);
  expect((await verify(warehouse.storage, engine)).problems).toEqual([]);
});

test('a compactor that knows of no promotion works beside one that does', async () => {
  const warehouse = tempWarehouse();
  const steps = ['with', 'without', 'with again'];
  promote(warehouse, { 'gpu.sample': sampleFields });
  append(warehouse, 'with');
  await compacted(warehouse);
  rmSync(join(warehouse.path, 'siltstone.json'));
  append(warehouse, 'without');
  await compacted(warehouse);
  promote(warehouse, { 'gpu.sample': sampleFields });
  append(warehouse, 'with again');
  await compacted(warehouse);

  expect((await answers(warehouse, 'watts')).filter(([watts]) => watts === 301.5)).toHaveLength(steps.length);
  expect(await inFiles(warehouse, 'gpu_sample__watts')).toEqual([301.5, 301.5]);
  expect(await columnsInLake(warehouse)).toHaveLength(5);
});

test('events that lie in a file of several kinds are in the view, and later ones have files of their own', async () => {
  const flooded = tempWarehouse({ compact_kinds_max: 0 });
  append(flooded, 'a');
  flooded.append('job-1/others.ndjson', linesOf([{ ...sample(0, whole), event: 'other.kind' }]));
  await compacted(flooded);
  promote(flooded, { 'gpu.sample': sampleFields });
  append(flooded, 'b');
  const hot = await answers(flooded);
  await compacted(flooded);

  expect(hot).toHaveLength(6);
  expect(await answers(flooded)).toEqual(hot);
  const { files } = await loadSnapshot(flooded.storage, await tempEngine());
  expect([...files.values()].map(({ partitionValues }) => partitionValues.event)).toEqual([null, 'gpu.sample']);
});

test('a merge keeps the columns, and answers alike where one of its files is older than the promotion', async () => {
  const warehouse = tempWarehouse({ merge_file_bytes: 1e9 });
  append(warehouse, 'before');
  await compacted(warehouse);
  promote(warehouse, { 'gpu.sample': sampleFields });
  append(warehouse, 'after');
  await compacted(warehouse);
  const before = await answers(warehouse);
  const engine = await tempEngine();

  const { filesBefore, filesAfter } = await merge({ ...warehouse, engine });

  expect([filesBefore, filesAfter]).toEqual([2, 1]);
  expect(await wholeInFiles(warehouse)).toEqual([[]]);
  expect(await answers(warehouse)).toEqual(before);
  const { files } = await loadSnapshot(warehouse.storage, engine);
  const [only] = [...files.values()];
  expect(JSON.parse(only?.stats ?? '{}')).toMatchObject({ numRecords: 6 });
  expect((await verify(warehouse.storage, engine)).problems).toEqual([]);
});

test('a merge of files that all hold the columns is read by these alone', async () => {
  const warehouse = tempWarehouse();
  promote(warehouse, { 'gpu.sample': { watts: 'DOUBLE', slot: 'BIGINT' } });
  append(warehouse, 'a');
  await compacted(warehouse);
  append(warehouse, 'b');
  await compacted(warehouse);
  await merge({ ...warehouse, engine: await tempEngine() });
  const before = await answers(warehouse, 'watts, slot');

  expect(await wholeInFiles(warehouse)).toEqual([['gpu_sample__watts', 'gpu_sample__slot']]);
  // Were `attrs` read, the file's own would be found instead of what stands in its columns.
  const reader = await tempReader(warehouse);
  const plan = await reader.rows('explain select watts from gpu_sample where slot = 3');
  expect(String(plan[0]?.explain_value)).toContain('gpu_sample__slot=3');
  expect(before.filter((row) => row[0] === 301.5 && row[1] === '3')).toHaveLength(2);
});

test('a view comes and goes with its promotion while a reader is open, and nothing is lost', async () => {
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  append(warehouse, 'a');
  promote(warehouse, { 'gpu.sample': { watts: 'DOUBLE' } });
  await compacted(warehouse);
  const found = async () => (await reader.query('select watts from gpu_sample order by seq')).rows;
  expect(await found()).toEqual([[301.5], [null], [null]]);

  promote(warehouse, {});
  await expect(found()).rejects.toMatchObject({ code: 'engine_failed' });
  expect((await reader.query("select attrs ->> 'watts' from events order by seq")).rows[0]).toEqual(['301.5']);

  promote(warehouse, { 'gpu.sample': { watts: 'DOUBLE' } });
  expect(await found()).toEqual([[301.5], [null], [null]]);
});

test.each([
  ['watts', 'BIGINT', 'DOUBLE', 301.5],
  ['watts', 'DOUBLE', 'BIGINT', null],
  ['limits', 'VARCHAR', 'JSON', '{"max":[400]}'],
  ['limits', 'JSON', 'VARCHAR', null],
  ['name', 'VARCHAR', 'JSON', '"A100"'],
])(
  '%s may be %s first and %s later: the view follows, the lake keeps what it has',
  async (field, first, later, value) => {
    const warehouse = tempWarehouse();
    promote(warehouse, { 'gpu.sample': { [field]: first } });
    append(warehouse, 'a');
    await compacted(warehouse);
    const columns = await columnsInLake(warehouse);
    promote(warehouse, { 'gpu.sample': { [field]: later } });
    append(warehouse, 'b');
    const hot = await answers(warehouse, field);
    await compacted(warehouse);

    expect(await answers(warehouse, field)).toEqual(hot);
    expect(hot.filter((row) => row[0] === value).length).toBeGreaterThanOrEqual(2);
    expect(await columnsInLake(warehouse)).toEqual(expect.arrayContaining([...columns]));
    expect((await verify(warehouse.storage, await tempEngine())).problems).toEqual([]);
  },
);

test('where another writer gives the column another type meanwhile, the batch is taken anew without it', async () => {
  const warehouse = tempWarehouse();
  const engine = await tempEngine();
  promote(warehouse, { 'gpu.sample': { watts: 'DOUBLE' } });
  append(warehouse, 'a');
  const columns = [deltaField('gpu_sample__watts', 'BIGINT')];
  let publishedFirst = true;
  const beaten: Storage = {
    ...warehouse.storage,
    publish: async (moves) => {
      await warehouse.storage.publish(moves);
      const isFirst = publishedFirst;
      publishedFirst = false;
      await (isFirst && transact(warehouse.storage, engine, { operation: 'TEST', columns, actionsOn: () => [] }, 5));
    },
  };

  await compacted(warehouse, { storage: beaten, engine });

  expect(await columnsInLake(warehouse)).toEqual([['gpu_sample__watts', 'long']]);
  expect((await answers(warehouse, 'watts')).map(([watts]) => watts).filter((watts) => watts !== null)).toEqual([
    301.5,
  ]);
  const { problems, orphans, rowCount } = await verify(warehouse.storage, engine);
  expect({ problems, orphans, rowCount }).toEqual({ problems: [], orphans: [], rowCount: 3 });
});
