import { expect, test } from 'vitest';
import type { Reader } from '../../src/query/index.ts';
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

const jobs = Array.from({ length: 20 }, (_, i) => `job-${String(i).padStart(2, '0')}`);

/** A file a job, and the last one hot too. */
async function manyJobs(): Promise<Reader> {
  const warehouse = tempWarehouse();
  for (const id of jobs) {
    warehouse.append(`${id}/a.ndjson`, linesOf([logLine({ job_id: id })]));
    await compacted(warehouse);
  }
  warehouse.append('job-19/b.ndjson', linesOf([logLine({ job_id: 'job-19' })]));
  return tempReader(warehouse);
}

const opened = "len(getvariable('lake_all_files'))::int as opened";

test('where every part of a query asks for one job, its own SQL says so', async () => {
  const reader = await manyJobs();

  expect(await reader.rows(`select job_id, ${opened} from logs where job_id = 'job-19'`)).toEqual(
    Array(2).fill({ job_id: 'job-19', opened: 1 }),
  );
  expect(await reader.rows(`select ${opened} from logs where job_id = $1`, ['job-07'])).toEqual([{ opened: 1 }]);
  expect(
    await reader.rows(`select ${opened} from logs a join events b using (job_id) where a.job_id = 'job-07'`),
  ).toEqual([{ opened: 1 }]);
});

test.each(['detections', 'output_issues', 'all_detections', 'tracks', 'track_fragmentation'])(
  'so it does through the steps of the view %s',
  async (view) => {
    const reader = await manyJobs();
    const sql = `select (select count(*)::int from ${view} where job_id = 'job-07') as n, ${opened}`;

    expect(await reader.rows(sql)).toEqual([{ n: 0, opened: 1 }]);
  },
);

test.each([
  ["select count(*)::int as n from logs where job_id = 'job-07' or message = 'm'", 21],
  ["select count(*)::int as n from logs where job_id in ('job-07', 'job-08')", 2],
  ["select count(*)::int as n from logs a, logs b where a.job_id = 'job-07'", 21],
  [
    "select (select count(*)::int from logs where job_id = 'job-07') + (select count(*)::int from logs where job_id = 'job-08') as n",
    2,
  ],
  ["select count(*)::int as n from logs where job_id = 'job-07' union all select count(*)::int from logs", 1],
  ["select count(*)::int as n from logs where job_id like 'job-0%'", 10],
  ["select count(*)::int as n from logs where job_id <> 'job-07'", 20],
])('where one part asks for more, nothing is left out: %s', async (sql, n) => {
  expect((await (await manyJobs()).rows(sql))[0]).toEqual({ n });
});
