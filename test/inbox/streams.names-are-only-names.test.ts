import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempFolder, tempReader, tempWarehouse } from '../make/warehouse.ts';

const lines = (count: number, jobId = 'job-1', from = 0): string =>
  linesOf(Array.from({ length: count }, (_, i) => logLine({ job_id: jobId, seq: from + i })));

const places = 'select stream, job_id, event, seq from events order by all';

test.each([
  "it's [odd]/x.ndjson",
  'a*/x.ndjson',
  'a?b/x.ndjson',
  'job-1/[x].ndjson',
  'job-1/x*.ndjson',
  'job-1/x{1,2}.ndjson',
  'job_id=other/x.ndjson',
  'event=x/date=2020-01-01.ndjson',
  'job-1/a\nb.ndjson',
  'job-1/a"b\\c.ndjson',
  'job-1/a%20b#c~1.ndjson',
])('what DuckDB could take for a pattern or a partition is only a name: %j', async (path) => {
  const warehouse = tempWarehouse();
  // Files that a pattern would match as well. All are quiet, so that they are read where they lie.
  const streams = new Map([
    [path, lines(5)],
    ['aXb/x.ndjson', lines(3, 'aXb')],
    ['job-1/xyz.ndjson', lines(2)],
  ]);
  for (const [stream, content] of streams) warehouse.append(stream, content);
  for (const stream of streams.keys()) warehouse.makeQuiet(stream);
  const reader = await tempReader(warehouse);

  const hot = await reader.rows(places);
  expect(hot).toHaveLength(10);
  expect(new Set(hot.map(({ job_id, event }) => `${job_id} ${event}`))).toEqual(new Set(['job-1 log', 'aXb log']));
  await compacted(warehouse);
  expect(await reader.rows(places)).toEqual(hot);
});

test.each(['a[1]', 'a*b', 'event=run', 'job_id=7', "it's", 'a{1,2}', 'a%20b'])(
  'a warehouse may lie in a folder of any name: %s',
  async (name) => {
    const folder = join(tempFolder(), name);
    mkdirSync(folder);
    const warehouse = tempWarehouse({ checkpoint_commits: 1 }, folder);
    for (const stream of ['job-1/a.ndjson', 'job-1/b.ndjson']) {
      warehouse.append(stream, lines(5));
      warehouse.makeQuiet(stream);
      await compacted(warehouse);
    }
    const reader = await tempReader(warehouse);

    expect(await reader.rows('select distinct job_id, event from events')).toEqual([{ job_id: 'job-1', event: 'log' }]);
    expect(await reader.rows('select count(*)::int as n from logs')).toEqual([{ n: 10 }]);
    expect(await reader.rows('select version::int as version from lake_commits')).toEqual([
      { version: 0 },
      { version: 1 },
    ]);
  },
);

test('a copy of a stream in another folder is no second stream', async () => {
  const warehouse = tempWarehouse();
  const name = '019ab0e0-1234-7abc-8def-000000000001.ndjson';
  warehouse.append(`job-1/${name}`, lines(5));
  mkdirSync(join(warehouse.path, 'inbox/backup'));
  copyFileSync(join(warehouse.path, 'inbox/job-1', name), join(warehouse.path, 'inbox/backup', name));
  const reader = await tempReader(warehouse);
  const counted = () => reader.rows('select count(*)::int as events, count(distinct id)::int as ids from events');

  expect(await counted()).toEqual([{ events: 5, ids: 5 }]);
  await compacted(warehouse);
  expect(await counted()).toEqual([{ events: 5, ids: 5 }]);
  warehouse.append(`job-1/${name}`, lines(3, 'job-1', 5));
  expect(await counted()).toEqual([{ events: 8, ids: 8 }]);
  await compacted(warehouse);
  expect(await counted()).toEqual([{ events: 8, ids: 8 }]);
});
