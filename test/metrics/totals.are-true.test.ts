import { expect, test } from 'vitest';
import { compacted, tempWarehouse } from '../make/warehouse.ts';
import { writeJob } from '../query/jobs.ts';
import { countOf, countsOf, shownAnew, startFollower } from './totals.ts';

test('hot and compacted jobs are counted, and compaction changes no count', async () => {
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  writeJob(warehouse, 'job-2');
  const follower = await startFollower(warehouse);

  const hot = await follower.follow();
  await compacted(warehouse);
  const inLake = await follower.follow();

  expect(countOf(hot, 'siltstone_jobs_total', 'done', 'player-tracker')).toBe(2);
  expect(countOf(hot, 'siltstone_plugin_runs_total', 'player-tracker', 'track', 'ok')).toBe(4);
  expect(countsOf(inLake)).toEqual(countsOf(hot));
  expect(countsOf(await shownAnew(warehouse))).toEqual(countsOf(hot));
});
