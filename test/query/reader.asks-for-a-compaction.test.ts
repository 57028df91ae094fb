import { expect, test } from 'vitest';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';

test('a reader that would have to keep too many hot lines says so, and answers once they are compacted', async () => {
  const warehouse = tempWarehouse({ hot_bytes_max: 500 });
  const reader = await tempReader(warehouse);
  warehouse.append('job-1/a.ndjson', linesOf([0, 1, 2].map((seq) => logLine({ seq }))));
  const count = 'select count(*)::int as n from events';
  expect(await reader.rows(count)).toEqual([{ n: 3 }]);

  warehouse.append('job-1/a.ndjson', linesOf([3, 4, 5].map((seq) => logLine({ seq }))));
  await expect(reader.rows(count)).rejects.toMatchObject({ code: 'inbox_too_large' });
  await compacted(warehouse);
  expect(await reader.rows(count)).toEqual([{ n: 6 }]);
});
