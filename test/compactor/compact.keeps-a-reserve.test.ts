import { expect, test } from 'vitest';
import { merge } from '../../src/compactor/index.ts';
import { roomOf } from '../../src/compactor/room.ts';
import type { Storage } from '../../src/lake/index.ts';
import { lineOf, linesOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';

const MiB = 1024 * 1024;
const lines = (count: number): string =>
  linesOf(Array.from({ length: count }, (_, seq) => logLine({ seq, message: `${seq}`.repeat(60) })));
const count = 'select count(*)::int as events, sum(hot::int)::int as hot from events';

test.each([
  ['a large disk keeps the whole reserve', 1024 * MiB, 100_000 * MiB, 2048 * MiB, true],
  ['a large disk with less than the reserve has no room', 1024 * MiB, 100_000 * MiB, 1023 * MiB, false],
  ['a small disk keeps a twentieth of it', 1024 * MiB, 100 * MiB, 6 * MiB, true],
  ['a small disk with less than that has no room', 1024 * MiB, 100 * MiB, 5 * MiB, false],
  ['no reserve leaves what a log entry needs', 0, 100 * MiB, 1 * MiB, true],
])('%s', (_, disk_reserve_bytes, totalBytes, freeBytes, hasRoom) => {
  expect(roomOf({ freeBytes, totalBytes }, { disk_reserve_bytes }) > 0).toBe(hasRoom);
});

test('a compaction that would touch the reserve writes nothing, and the next one with room takes all', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lines(3));
  const full: Storage = { ...warehouse.storage, space: async () => ({ freeBytes: MiB, totalBytes: 100 * MiB }) };
  await expect(compacted(warehouse, { storage: full })).rejects.toMatchObject({
    code: 'disk_full',
    message: expect.stringMatching(/disk_reserve_bytes keeps free: [\d.]+ MiB are missing/),
  });
  const reader = await tempReader(warehouse);
  expect(await reader.rows(count)).toEqual([{ events: 3, hot: 3 }]);
  await compacted(warehouse);

  expect(await reader.rows(count)).toEqual([{ events: 3, hot: 0 }]);
});

test('while little is free, batches are small enough for it', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lines(4000));
  const tight: Storage = { ...warehouse.storage, space: async () => ({ freeBytes: 6 * MiB, totalBytes: 100 * MiB }) };
  const { commits, lines: taken } = await compacted(warehouse, { storage: tight });

  expect(taken).toBe(4000);
  expect(commits).toBeGreaterThan(3);
});

test('a merge keeps it too', async () => {
  const warehouse = tempWarehouse();
  for (const seq of [0, 1]) {
    warehouse.append('job-1/a.ndjson', lineOf(logLine({ seq })));
    await compacted(warehouse);
  }
  const storage = { ...warehouse.storage, space: async () => ({ freeBytes: 1000, totalBytes: 1e12 }) };

  await expect(merge({ ...warehouse, storage, engine: await tempEngine() })).rejects.toMatchObject({
    code: 'disk_full',
  });

  expect(await merge({ ...warehouse, engine: await tempEngine() })).toMatchObject({ commits: 1 });
});
