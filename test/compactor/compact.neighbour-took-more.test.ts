import { expect, test } from 'vitest';
import type { Storage } from '../../src/lake/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';

const lines = (from: number, to: number): string =>
  linesOf(Array.from({ length: to - from }, (_, i) => logLine({ seq: from + i })));

test('a stream that a neighbour took further meanwhile does not look cut off', async () => {
  const warehouse = tempWarehouse({ compact_batch_bytes: 1 });
  warehouse.append('job-1/a.ndjson', lines(0, 3));
  warehouse.append('job-1/b.ndjson', lines(0, 3));
  let isFirst = true;
  const meanwhile: Storage = {
    ...warehouse.storage,
    lend: async () => {
      if (isFirst) {
        isFirst = false;
        warehouse.append('job-1/a.ndjson', lines(3, 9));
        warehouse.append('job-1/b.ndjson', lines(3, 9));
        await compacted(warehouse);
      }
      return warehouse.storage.lend();
    },
  };
  await compacted(warehouse, { storage: meanwhile });

  const reader = await tempReader(warehouse);
  expect(await reader.rows('select count(*)::int as events, count(distinct id)::int as ids from events')).toEqual([
    { events: 18, ids: 18 },
  ]);
  expect(await reader.rows('select note from streams where note is not null')).toEqual([]);
});
