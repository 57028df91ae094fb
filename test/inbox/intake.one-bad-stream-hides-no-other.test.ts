import { expect, test } from 'vitest';
import { openJobEmitter } from '../../src/emitters/index.ts';
import { lineOf, linesOf, logLine, makeEvents } from '../make/events.ts';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';

test('of many streams some may hold what DuckDB refuses: the others are events, and these rejected lines', async () => {
  const warehouse = tempWarehouse();
  for (const [job, events] of makeEvents({ jobs: 60, events: 3 })) warehouse.append(`${job}/a.ndjson`, linesOf(events));
  for (const job of ['x', 'y', 'z']) warehouse.append(`${job}/a.ndjson`, 'no event\n');
  const reader = await tempReader(warehouse);
  const counted = () =>
    reader.rows(`select count(*)::int as lines, count_if(event = 'line.rejected')::int as rejected from events`);

  expect(await counted()).toEqual([{ lines: 183, rejected: 3 }]);
  await compacted(warehouse);
  expect(await counted()).toEqual([{ lines: 183, rejected: 3 }]);
});

test('a refused line among streams of some size costs only its own stream the fast way', async () => {
  const warehouse = tempWarehouse();
  const big = linesOf(Array.from({ length: 400 }, (_, seq) => logLine({ seq, message: 'x'.repeat(1000) })));
  for (const stream of ['a', 'b', 'c', 'd']) warehouse.append(`job-1/${stream}.ndjson`, big);
  warehouse.append('job-1/c.ndjson', 'no event\n');

  expect(await compacted(warehouse)).toMatchObject({ lines: 1601, rewritten: 1 });
});

test('an unknown field is kept, wherever the line stands and whatever else its stream holds', async () => {
  const warehouse = tempWarehouse();
  for (const field of ['foo', 'Level', 'constructor', '__proto__', '']) {
    warehouse.append(`job-1/${field || 'none'}.ndjson`, lineOf(logLine()).replace('{', `{${JSON.stringify(field)}:7,`));
  }
  const reader = await tempReader(warehouse);

  expect(await reader.rows('select attrs from events order by attrs')).toEqual(
    ['', 'Level', '__proto__', 'constructor', 'foo'].map((field) => ({ attrs: `{${JSON.stringify(field)}:7}` })),
  );
});

test('what our emitters write is read as it is, never line by line', async () => {
  const warehouse = tempWarehouse();
  const odd = {
    plugin: '\u0000 "ü😀\ud83d',
    text: 'NaN',
    nested: { 'a,nan': [Number.NaN, 1e300, -0, 2 ** 70, undefined] },
  };
  for (let i = 0; i < 20; i += 1) {
    const job = openJobEmitter({ warehouse: warehouse.path, plugin: odd.plugin, jobId: `${i}` });
    job.status({ status: 'queued', device: 'gpu', input: odd.text });
    job.deviceUsage({ device_requested: 'gpu', device_used: 'cpu', fallback: true, attempts: [odd.nested as never] });
    job.pluginRun({
      tool: '1e5',
      duration_ms: 1e-7,
      success: false,
      frame_index: 2 ** 53 - 1,
      error_message: odd.text,
    });
    job.overlayFrame({ frame_index: -0, render_time_ms: -0, dropped_frames: 0, fps: 1e21, surface: 'browser' });
    job.outputRaw({ tool: 't', frame_index: 0, dialect: 'd', payload: odd as never, width: 1, height: 1 });
    job.detection({ tool: 't', frame_index: 0, label: 'true', x1: 0.1, y1: 1 / 3, x2: 5e-324, y2: 1.7e308 });
    job.outputIssue({ tool: 't', frame_index: 0, code: 'c', path: '$', message: 'Infinity' });
    job.log({ level: 'info', message: 'm', attrs: odd.nested, ts: new Date('2026-11-23T14:05:00Z') });
    job.eventLog.appendUnknown('my.kind', { ...odd, seq: 99, job_id: 'another' });
    job.close();
  }

  expect(await compacted(warehouse)).toMatchObject({ lines: 20 * 10, rewritten: 0 });
});
