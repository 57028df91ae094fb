import { expect, test } from 'vitest';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';

test.each([
  ['short ids', ['job-1', 'job-2', 'job-3']],
  [
    'ids as our emitters make them',
    ['019ab0e0-1234', '019ab0e1-1234', '019ab0e2-1234'].map((id) => `${id}-7abc-8def-000000000001`),
  ],
  ['the longest ids', ['a', 'b', 'c'].map((letter) => letter.repeat(128))],
])('a query about one job opens the files that can hold it: %s', async (_, ids) => {
  const warehouse = tempWarehouse();
  for (const id of ids) {
    warehouse.append(`${id}/a.ndjson`, linesOf([logLine({ job_id: id })]));
    await compacted(warehouse);
  }
  const reader = await tempReader(warehouse);
  const [jobId = ''] = ids.slice(1);
  const scope = { jobId };

  expect(await reader.rows("select len(getvariable('lake_all_files'))::int as files", [])).toEqual([{ files: 3 }]);
  expect(await reader.rows("select len(getvariable('lake_all_files'))::int as files", [], scope)).toEqual([
    { files: 1 },
  ]);
  expect(await reader.rows("select len(getvariable('lake_files')['log'])::int as files", [], scope)).toEqual([
    { files: 1 },
  ]);
  expect(await reader.rows('select job_id from logs where job_id = $1', [jobId], scope)).toEqual([{ job_id: jobId }]);
});
