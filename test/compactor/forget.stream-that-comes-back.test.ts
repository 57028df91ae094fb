import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forget } from '../../src/compactor/forget.ts';
import { merge } from '../../src/compactor/index.ts';
import type { Engine } from '../../src/engine.ts';
import { loadSnapshot, watermarksOf } from '../../src/lake/index.ts';
import { verify } from '../../src/query/index.ts';
import { linesOf, makeEvents } from '../make/events.ts';
import { answersOf } from '../make/views.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const nextYear = Date.now() + 365 * 24 * 3_600_000;
const streams = ['job-1/019ab0e0-1234-7abc-8def-000000000001.ndjson', 'job-1/bash.ndjson'];

async function filledWarehouse(engine: Engine): Promise<Warehouse> {
  const warehouse = tempWarehouse();
  const [events = []] = makeEvents({ events: 12 }).values();
  for (const stream of streams) warehouse.append(stream, linesOf(events));
  await compacted(warehouse, { engine });
  await merge({ ...warehouse, engine });
  return warehouse;
}

const known = async ({ storage }: Warehouse, engine: Engine): Promise<number> =>
  watermarksOf(await loadSnapshot(storage, engine)).size;

test('a watermark is kept as long as the inbox has a file of its stream', async () => {
  const engine = await tempEngine();
  const warehouse = await filledWarehouse(engine);
  rmSync(join(warehouse.path, 'inbox', streams[0] ?? ''));

  expect(await forget({ ...warehouse, engine })).toBe(0);
  expect(await forget({ ...warehouse, engine }, nextYear)).toBe(1);
  expect(await known(warehouse, engine)).toBe(1);
});

test.each(streams)('a stream that comes back after it was forgotten is not taken twice: %s', async (stream) => {
  const engine = await tempEngine();
  const warehouse = await filledWarehouse(engine);
  const reader = await tempReader(warehouse);
  const { streams: _, ...expected } = await answersOf(reader);
  const content = readFileSync(join(warehouse.path, 'inbox', stream));
  rmSync(join(warehouse.path, 'inbox', stream));
  await forget({ ...warehouse, engine }, nextYear);
  expect((await verify(warehouse.storage, engine)).problems).toEqual([]);
  expect(await answersOf(reader)).toMatchObject(expected);

  warehouse.append(stream, content);
  expect(await answersOf(reader)).toMatchObject(expected);
  expect(await answersOf(await tempReader(warehouse))).toMatchObject(expected);
  const more = linesOf([...makeEvents({ events: 14 }).values()].flat().slice(12));
  warehouse.append(stream, more);
  expect(await compacted(warehouse, { engine })).toMatchObject({ lines: 2 });
  expect(
    await reader.rows('select count(*)::int as events, count(distinct (stream, seq))::int as places from events'),
  ).toEqual([{ events: 26, places: 26 }]);
});
