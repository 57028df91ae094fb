import { expect, test } from 'vitest';
import { tempReader, tempWarehouse } from '../make/warehouse.ts';
import { ended, linesByJob, startCompactor, startWriter } from './processes.ts';

test('with 8 writers, 2 compactors by mistake and a reader in between nothing is lost, nothing is twice', async () => {
  const warehouse = tempWarehouse();
  const count = 12_000;
  const looksMin = 6;
  const writers = Array.from({ length: 8 }, (_, i) => startWriter(warehouse.path, `job-${i}`, count));
  const compactors = [0, 1].map(() => startCompactor(warehouse.path, { compact_batch_bytes: 200_000 }));
  const reader = await tempReader(warehouse);
  const running = Promise.all(writers.map((writer) => ended(writer.child)));
  let isOver = false;
  void running.then(() => {
    isOver = true;
  });
  const totals: number[] = [];
  const broken: string[] = [];
  // On a slow machine the writers may end before the reader looked often; the compactors go on.
  while (!isOver || totals.length < looksMin) {
    const safe = new Map(writers.map((writer) => [writer.jobId, writer.safeLines()]));
    const found = await linesByJob(reader);
    totals.push([...found.values()].reduce((sum, [seen]) => sum + seen, 0));
    for (const [job, lines] of safe) {
      const [seen, numbers, highest] = found.get(job) ?? [0, 0, 0];
      if (seen < lines || seen !== numbers || seen !== highest)
        broken.push(`${job}: ${seen} ${numbers} ${highest} ${lines}`);
    }
  }
  expect(await running).toEqual(writers.map(() => 0));
  for (const compactor of compactors) compactor.stdin?.end();
  expect(await Promise.all(compactors.map(ended))).toEqual([0, 0]);

  expect(broken).toEqual([]);
  expect(totals).toEqual(totals.toSorted((a, b) => a - b));
  const all = writers.map(({ jobId }) => [jobId, [count + 1, count + 1, count + 1]]);
  expect([...(await linesByJob(reader))].sort()).toEqual(all);
  expect(await reader.rows('select count(distinct version)::int > 3 as many from lake_commits')).toEqual([
    { many: true },
  ]);
});
