import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweep } from '../../src/compactor/sweep.ts';
import type { Storage } from '../../src/lake/index.ts';
import { lineOf, linesOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const status = { event: 'job.status', ts: '2026-11-23T14:05:00Z', plugin: 'p', device: 'cpu', status: 'done' };
const later = Date.now() + 3_600_000;
const count = 'select count(*)::int as n, count(distinct id)::int as ids from events';

async function takenStream(name = 'a'): Promise<Warehouse> {
  const warehouse = tempWarehouse({ inbox_grace_ms: 0 });
  warehouse.append(`job-1/${name}.ndjson`, linesOf([status, logLine({ seq: 1 })]));
  await compacted(warehouse);
  return warehouse;
}

const swept = async (warehouse: Warehouse, storage: Storage = warehouse.storage) =>
  sweep(storage, await tempEngine(), warehouse.settings, later);

test('sweeps at the same time take each stream once, and none fails', async () => {
  const warehouse = await takenStream();
  const first = await Promise.all([swept(warehouse), swept(warehouse), swept(warehouse)]);
  const second = await Promise.all([swept(warehouse), swept(warehouse), swept(warehouse)]);

  // One that began late may remove what another just set aside.
  const sweeps = [...first, ...second];
  expect(sweeps.map(({ setAside }) => setAside).filter((n) => n > 0)).toEqual([1]);
  expect(sweeps.map(({ removed }) => removed).filter((n) => n > 0)).toEqual([1]);
  expect(existsSync(join(warehouse.path, 'inbox/job-1'))).toBe(false);
});

test('what is appended after a sweep looked at a file and before it removes it, is not lost', async () => {
  const warehouse = await takenStream();
  await swept(warehouse);
  const aside = join(warehouse.path, 'inbox/job-1/a.ndjson.taken');
  const asleep: Storage = {
    ...warehouse.storage,
    removeUnlessGrown: (path, bytes) => {
      appendFileSync(aside, lineOf(logLine({ seq: 2 })));
      return warehouse.storage.removeUnlessGrown(path, bytes);
    },
  };
  expect(await swept(warehouse, asleep)).toEqual({ setAside: 0, removed: 0 });

  const reader = await tempReader(warehouse);
  expect(await reader.rows(count)).toEqual([{ n: 3, ids: 3 }]);
});

test('a stream that was set aside is in every answer before a sweep brings it back', async () => {
  const warehouse = await takenStream('019ab0e0-1234-7abc-8def-000000000001');
  const reader = await tempReader(warehouse);
  await swept(warehouse);
  const aside = 'job-1/019ab0e0-1234-7abc-8def-000000000001.ndjson.taken';
  warehouse.append(aside, lineOf(logLine({ seq: 2 })));

  expect(await reader.rows(count)).toEqual([{ n: 3, ids: 3 }]);
});

test('a stream is not set aside over another file of that name', async () => {
  const warehouse = await takenStream();
  warehouse.append('job-1/a.ndjson.taken', 'somebody else’s\n');

  expect((await swept(warehouse)).setAside).toBe(0);
  expect(readFileSync(join(warehouse.path, 'inbox/job-1/a.ndjson.taken'), 'utf8')).toContain('somebody else’s');
});

test('a file is removed only while it has the size that was looked at', async () => {
  const { storage, path } = await takenStream();
  const file = 'inbox/job-1/a.ndjson';
  const { size } = statSync(join(path, file));

  expect(await storage.removeUnlessGrown(file, size - 1)).toBe(false);
  expect(await storage.removeUnlessGrown(file, size)).toBe(true);
  expect(await storage.removeUnlessGrown(file, size)).toBe(false);
});
