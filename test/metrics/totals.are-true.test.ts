import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backup } from '../../src/care/index.ts';
import { merge } from '../../src/compactor/index.ts';
import { retain } from '../../src/compactor/retain.ts';
import { vacuum } from '../../src/compactor/vacuum.ts';
import { newFiles } from '../../src/metrics/follow.ts';
import { linesOf, logLine, makeEvents } from '../make/events.ts';
import { compacted, tempEngine, tempFolder, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { foreignLines, writeJob } from '../query/jobs.ts';
import { countOf, countsOf, shownAnew, startFollower } from './totals.ts';

const totalsFile = ({ path }: Warehouse): string => join(path, 'metrics', 'totals.json');

/** Three commits with a job each, and one that is hot. */
async function filled(given = {}): Promise<Warehouse> {
  const warehouse = tempWarehouse(given);
  for (const job of ['job-1', 'job-2', 'job-3']) {
    writeJob(warehouse, job);
    await compacted(warehouse);
  }
  writeJob(warehouse, 'job-4');
  return warehouse;
}

const status = (jobId: string, seq: number, fields: object) => ({
  ...{ event: 'job.status', job_id: jobId, seq, ts: `2026-11-23T14:05:0${seq}.000Z`, plugin: 'p', device: 'cpu' },
  ...fields,
});

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

test('events of every kind are counted as SQL counts them', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', linesOf([...makeEvents({ events: 40 }).values()].flat()));
  warehouse.append('job-2/b.ndjson', `not JSON\n${foreignLines}`);
  await compacted(warehouse);
  warehouse.append('job-1/a.ndjson', linesOf([logLine({ job_id: 'job-1', seq: 40 })]));
  const reader = await tempReader(warehouse);
  const rows = await reader.rows(`select if(event = 'door.opened', 'other', event) as event, count(*)::int as n
    from events group by event order by event`);

  const shown = await shownAnew(warehouse);

  expect(rows.map(({ event }) => countOf(shown, 'siltstone_events_total', String(event)))).toEqual(
    rows.map(({ n }) => n),
  );
  expect(shown.shown.families.get('siltstone_events_total')?.size).toBe(rows.length);
});

test('stages, durations and issues are those of the events', async () => {
  const warehouse = tempWarehouse();
  const run = { event: 'plugin.run', ts: '2026-11-23T14:05:00.000Z', plugin: 'p', tool: 't', success: true };
  const times = { duration_ms: 12, preprocess_ms: 1, inference_ms: 5, postprocess_ms: 6 };
  warehouse.append(
    'job-1/a.ndjson',
    linesOf([
      status('job-1', 0, { status: 'queued' }),
      status('job-1', 3, { status: 'running' }),
      { ...run, ...times, attrs: { decode_ms: 2, normalise_ms: 1.5, track_ms: 0.5 } },
      status('job-1', 5, { status: 'done', duration_ms: 1500 }),
    ]),
  );

  const shown = await shownAnew(warehouse);

  const stage = (name: string) => countOf(shown, 'siltstone_job_stage_duration_seconds', name);
  expect(['queue', 'decode', 'preprocess', 'inference', 'postprocess', 'normalise', 'track'].map(stage)).toEqual([
    3_000_000, 2000, 1000, 5000, 4000, 1500, 500,
  ]);
  expect(countOf(shown, 'siltstone_job_duration_seconds', 'p')).toBe(1_500_000);
  // The bound itself belongs to its bucket.
  expect(
    shown.shown.families.get('siltstone_plugin_inference_duration_seconds')?.values().next().value?.buckets,
  ).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('a job counts once, by the first status that ended it, whenever its other states arrive', async () => {
  const warehouse = tempWarehouse();
  const follower = await startFollower(warehouse);
  const append = (name: string, line: object) => warehouse.append(`job-1/${name}.ndjson`, linesOf([{ ...line }]));
  append('a', status('job-1', 1, { status: 'running' }));
  await compacted(warehouse);
  const running = await follower.follow();
  append('b', status('job-1', 4, { status: 'error' }));
  const ended = await follower.follow();
  await compacted(warehouse);
  append('c', status('job-1', 5, { status: 'error' }));
  append('d', status('job-1', 0, { status: 'queued' }));
  const later = await follower.follow();
  await compacted(warehouse);
  const last = await follower.follow();

  expect([...running.shown.open]).toEqual([
    ['job-1', { plugin: 'p', status: 'running', at: Date.parse('2026-11-23T14:05:01Z') * 1000 }],
  ]);
  const counts = [running, ended, later, last].map((one) => countOf(one, 'siltstone_jobs_total', 'error', 'p'));
  expect(counts).toEqual([undefined, 1, 1, 1]);
  expect([ended, later, last].map((one) => one.shown.open.size)).toEqual([0, 0, 0]);
});

test('merges, retention and vacuum change no count, and a restart goes on from what was kept', async () => {
  const engine = await tempEngine();
  const warehouse = await filled({ retention: '*=1d', vacuum_retention_ms: 0 });
  const follower = await startFollower(warehouse);
  const before = await follower.follow();

  await merge({ ...warehouse, engine });
  const merged = await follower.follow();
  await retain({ ...warehouse, engine }, Date.now() + 10 * 86_400_000);
  const retained = await follower.follow();
  await vacuum({ ...warehouse, engine }, Date.now() + 1000);
  const restarted = await shownAnew(warehouse);

  expect(countsOf(merged)).toEqual(countsOf(before));
  expect(countsOf(retained)).toEqual(countsOf(before));
  expect(countsOf(restarted)).toEqual(countsOf(before));
  expect(restarted.snapshot.files.size).toBe(0);
  expect([before, merged, retained, restarted].map(({ isRebuilt }) => isRebuilt)).toEqual([true, false, false, false]);
});

test('a server that was away counts what came meanwhile, though it was merged', async () => {
  const engine = await tempEngine();
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-0');
  await compacted(warehouse);
  await shownAnew(warehouse);
  for (const job of ['job-1', 'job-2']) {
    writeJob(warehouse, job);
    await compacted(warehouse);
  }
  await merge({ ...warehouse, engine });

  const shown = await shownAnew(warehouse);
  rmSync(totalsFile(warehouse));

  expect(shown.isRebuilt).toBe(false);
  expect(countOf(shown, 'siltstone_jobs_total', 'done', 'player-tracker')).toBe(3);
  expect(countsOf(await shownAnew(warehouse))).toEqual(countsOf(shown));
});

test('a backup brings its counts along, those of events that retention took among them', async () => {
  const engine = await tempEngine();
  const warehouse = await filled({ retention: '*=1d' });
  const before = await shownAnew(warehouse);
  await retain({ ...warehouse, engine }, Date.now() + 10 * 86_400_000);
  const afterwards = join(tempFolder(), 'copy');
  await compacted(warehouse);
  await backup({ storage: warehouse.storage, engine }, afterwards);

  const restored = await shownAnew(tempWarehouse({}, afterwards));

  expect(restored.isRebuilt).toBe(false);
  expect(countsOf(restored)).toEqual(countsOf(before));
});

test.each([
  ['torn', (file: string) => writeFileSync(file, '00000000\n{"version":')],
  ['empty', (file: string) => writeFileSync(file, '')],
  ['missing', (file: string) => rmSync(file)],
])('a file of totals that is %s is made anew from the lake', async (_, spoil) => {
  const warehouse = await filled();
  const before = await shownAnew(warehouse);
  spoil(totalsFile(warehouse));

  const after = await shownAnew(warehouse);

  expect(after.isRebuilt).toBe(true);
  expect(countsOf(after)).toEqual(countsOf(before));
});

test('totals ahead of a lake that was set back, or of another history, are not believed', async () => {
  const warehouse = await filled();
  const log = join(warehouse.path, 'events', '_delta_log');
  const follower = await startFollower(warehouse);
  await follower.follow();
  rmSync(join(log, readdirSync(log).sort().at(-1) ?? ''));

  const setBack = await shownAnew(warehouse);
  writeJob(warehouse, 'job-5');
  await compacted(warehouse);
  const wentOn = await follower.follow().catch((error: Error) => error);

  expect(setBack.isRebuilt).toBe(true);
  expect(countOf(setBack, 'siltstone_jobs_total', 'done', 'player-tracker')).toBe(4);
  expect(wentOn).toMatchObject({ isRebuilt: true });
});

test('a commit that takes events out and puts others in brings nothing new', () => {
  const add = { path: 'a', partitionValues: {}, size: 1, modificationTime: 1, dataChange: true };
  const remove = {
    path: 'b',
    deletionTimestamp: 1,
    dataChange: true,
    extendedFileMetadata: true,
    partitionValues: {},
    size: 1,
  };

  expect(newFiles([{ add }])).toEqual([add]);
  expect(newFiles([{ add: { ...add, dataChange: false } }, { remove: { ...remove, dataChange: false } }])).toEqual([]);
  expect(newFiles([{ remove }, { add }])).toEqual([]);
});
