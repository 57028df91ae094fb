import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Reader } from '../../src/query/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const lines = (count: number, from = 0): string =>
  linesOf(Array.from({ length: count }, (_, i) => logLine({ seq: from + i })));
const places = (reader: Reader) => reader.rows('select stream, seq, id from events order by all');

/** What a reader that was there before says, and what one that comes now says: it must be the same. */
async function expectSame(old: Reader, warehouse: Warehouse, events: number): Promise<void> {
  const fresh = await tempReader(warehouse);
  const expected = await places(fresh);
  expect(expected).toHaveLength(events);
  expect(await places(old)).toEqual(expected);
}

test('an event is seen by the next query after it was flushed, compacted or not', async () => {
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  warehouse.append('job-1/a.ndjson', lines(2));
  await expectSame(reader, warehouse, 2);
  await compacted(warehouse);
  warehouse.append('job-1/a.ndjson', lines(1, 2));
  await expectSame(reader, warehouse, 3);
});

test.each(['job-1/a.ndjson', 'job-1/019ab0e0-1234-7abc-8def-000000000001.ndjson'])(
  'a file that was cut off before it was compacted is what it is now, also to a reader that saw more: %s',
  async (stream) => {
    const warehouse = tempWarehouse();
    warehouse.append(stream, lines(5));
    const reader = await tempReader(warehouse);
    await expectSame(reader, warehouse, 5);

    truncateSync(join(warehouse.path, 'inbox', stream), lines(2).length);
    await expectSame(reader, warehouse, 2);
    warehouse.append(stream, lines(1, 2));
    await expectSame(reader, warehouse, 3);
    await compacted(warehouse);
    await expectSame(reader, warehouse, 3);
  },
);

test('a stream of blank lines is none, before it is compacted and after', async () => {
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  warehouse.append('job-1/blank.ndjson', '\n \n');
  warehouse.append('job-1/a.ndjson', lines(1));
  const streams = () => reader.rows('select lines from streams');

  expect(await streams()).toEqual([{ lines: 1 }]);
  await compacted(warehouse);
  expect(await streams()).toEqual([{ lines: 1 }]);
});

test('a blank line behind what the lake holds is passed over, and what follows it is seen', async () => {
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  warehouse.append('job-1/a.ndjson', lines(2));
  await compacted(warehouse);
  warehouse.append('job-1/a.ndjson', '\n');
  await expectSame(reader, warehouse, 2);
  warehouse.append('job-1/a.ndjson', lines(1, 2));
  await expectSame(reader, warehouse, 3);
});

test('a file that was removed before it was compacted is gone, also to a reader that saw it', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lines(5));
  const reader = await tempReader(warehouse);
  await expectSame(reader, warehouse, 5);

  rmSync(join(warehouse.path, 'inbox/job-1/a.ndjson'));
  await expectSame(reader, warehouse, 0);
  warehouse.append('job-1/a.ndjson', lines(3));
  await expectSame(reader, warehouse, 3);
});

test('a file that was replaced half taken is another stream to both', async () => {
  const warehouse = tempWarehouse();
  const stream = 'job-1/bash.ndjson';
  warehouse.append(stream, lines(3));
  await compacted(warehouse);
  warehouse.append(stream, lines(2, 3));
  const reader = await tempReader(warehouse);
  await expectSame(reader, warehouse, 5);

  writeFileSync(join(warehouse.path, 'inbox', stream), lines(1));
  await expectSame(reader, warehouse, 4);
  await compacted(warehouse);
  await expectSame(reader, warehouse, 4);
});

test('a taken file that was removed is still seen, by a reader that had it hot as well', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lines(5));
  const reader = await tempReader(warehouse);
  await expectSame(reader, warehouse, 5);

  await compacted(warehouse);
  rmSync(join(warehouse.path, 'inbox/job-1/a.ndjson'));
  await expectSame(reader, warehouse, 5);
});
