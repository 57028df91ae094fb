import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweep } from '../../src/compactor/sweep.ts';
import { lineOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';

const status = (state: string): string =>
  lineOf({ event: 'job.status', ts: '2026-11-23T14:05:00Z', plugin: 'p', device: 'cpu', status: state });

async function takenStream(lines: string, graceMs = 0) {
  const warehouse = tempWarehouse({ inbox_grace_ms: graceMs });
  const engine = await tempEngine();
  warehouse.append('job-1/a.ndjson', lines);
  await compacted(warehouse);
  const later = Date.now() + 1000;
  return {
    warehouse,
    sweep: () => sweep(warehouse.storage, engine, warehouse.settings, later),
    isThere: (name: string) => existsSync(join(warehouse.path, 'inbox', name)),
  };
}

test('a taken stream of an ended job is set aside by one sweep and removed by the next, with its empty folder', async () => {
  const { sweep, isThere, warehouse } = await takenStream(status('running') + status('done'));
  expect(await sweep()).toEqual({ setAside: 1, removed: 0 });
  expect(isThere('job-1/a.ndjson')).toBe(false);
  expect(await sweep()).toEqual({ setAside: 0, removed: 1 });
  expect(isThere('job-1')).toBe(false);
  const reader = await tempReader(warehouse);
  expect(await reader.rows('select status from job_metrics')).toEqual([{ status: 'done' }]);
});

test('lines that came through an open handle after a stream was set aside bring it back', async () => {
  const { sweep, isThere, warehouse } = await takenStream(status('done'));
  await sweep();
  warehouse.append('job-1/a.ndjson.taken', lineOf(logLine({ seq: 1 })));
  expect(await sweep()).toEqual({ setAside: 0, removed: 0 });
  expect(isThere('job-1/a.ndjson')).toBe(true);
  const reader = await tempReader(warehouse);
  expect(await reader.rows('select count(*)::int as n, count(distinct stream)::int as streams from events')).toEqual([
    { n: 2, streams: 1 },
  ]);
});

test.each([
  ['whose job has not ended', status('running'), 0],
  ['with a line that is not taken', `${status('done')}{"event"`, 0],
  ['within its grace', status('done'), 60_000],
])('a stream %s stays', async (_, lines, graceMs) => {
  const { sweep, isThere } = await takenStream(lines, graceMs);
  expect(await sweep()).toEqual({ setAside: 0, removed: 0 });
  expect(isThere('job-1/a.ndjson')).toBe(true);
});
