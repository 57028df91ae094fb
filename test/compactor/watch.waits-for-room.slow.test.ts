import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watch } from '../../src/compactor/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { noSmallDisk, smallDisk } from '../make/small-disk.ts';
import { tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';

const MiB = 1024 * 1024;
const lines = (count: number): string => linesOf(Array.from({ length: count }, (_, seq) => logLine({ seq })));

test('watch waits while a real disk is full, tells so once, and goes on once there is room', async ({ skip }) => {
  const disk = smallDisk('16m');
  if (disk === undefined) return skip(noSmallDisk);
  const warehouse = tempWarehouse({ compact_pending_bytes: 1, compact_schedule: 'off' }, disk);
  warehouse.append('job-1/a.ndjson', lines(2000));
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize - MiB));
  const told: string[] = [];
  const end = new AbortController();
  const watching = watch(
    { ...warehouse, engine: await tempEngine() },
    {
      paused: () => told.push('paused'),
      resumed: () => told.push('resumed'),
      failed: (error) => told.push(String(error)),
      compacted: () => told.push('compacted'),
    },
    end.signal,
  );
  await expect.poll(() => told, { timeout: 10_000 }).toEqual(['paused']);
  await wait(6000);
  expect(told).toEqual(['paused']);
  rmSync(join(disk, 'filler'));

  await expect.poll(() => told, { timeout: 20_000 }).toEqual(['paused', 'compacted', 'resumed']);
  end.abort();
  await watching;
  const reader = await tempReader(warehouse);
  expect(await reader.rows('select count(*)::int as events, sum(hot::int)::int as hot from events')).toEqual([
    { events: 2000, hot: 0 },
  ]);
});
