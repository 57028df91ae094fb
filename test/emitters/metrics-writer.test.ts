import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type MetricsWriterOptions, openMetricsWriter } from '../../src/emitters/index.ts';
import { eventsOf, linesOf, streamsOf, tempWarehouse } from './warehouse.ts';

function makeWriter(options: MetricsWriterOptions = {}) {
  const writer = openMetricsWriter({ warehouse: tempWarehouse(), logger: { warn: () => undefined }, ...options });
  onTestFinished(() => writer.close());
  return writer;
}

const usage = (jobId: string) => ({ job_id: jobId, device_requested: 'gpu', device_used: 'cpu', fallback: true });

test('each call writes one event with the columns it was given', async () => {
  const warehouse = tempWarehouse();
  const writer = makeWriter({ warehouse });
  const created = { job_id: 'j1', created_at: new Date('2026-01-02T03:04:05.006Z') };

  writer.writeJobMetric({
    ...created,
    plugin: 'p',
    device: 'cpu',
    status: 'error',
    duration_ms: 12,
    error_message: 'e',
  });
  writer.writePluginMetric({ ...created, plugin: 'p', tool: 't', duration_ms: 3, success: true });
  writer.writeOverlayMetric({ ...created, frame_index: 4, render_time_ms: 7.5, fps: 30, surface: undefined as never });
  writer.writeDeviceUsage({ ...created, ...usage('j1') });
  await writer.flush();

  const common = { job_id: 'j1', ts: '2026-01-02T03:04:05.006Z' };
  expect(eventsOf(warehouse)).toEqual([
    {
      ...{ event: 'job.status', seq: 1, ...common, plugin: 'p', device: 'cpu', status: 'error' },
      ...{ duration_ms: 12, error_message: 'e' },
    },
    { event: 'plugin.run', seq: 2, ...common, plugin: 'p', tool: 't', duration_ms: 3, success: true },
    {
      ...{ event: 'overlay.frame', seq: 3, ...common, frame_index: 4, render_time_ms: 7.5, fps: 30 },
      ...{ dropped_frames: 0, surface: 'server' },
    },
    { event: 'device.usage', seq: 4, ...common, device_requested: 'gpu', device_used: 'cpu', fallback: true },
  ]);
});

test('a row says when it was made as text too, and where a frame was drawn', () => {
  const warehouse = tempWarehouse();
  const writer = makeWriter({ warehouse });
  const frame = { job_id: 'j1', frame_index: 4, render_time_ms: 7.5, fps: 30 };

  writer.writeOverlayMetric({ ...frame, created_at: '2026-01-02T03:04:05Z', surface: 'browser', dropped_frames: 2 });
  writer.close();

  expect(eventsOf(warehouse)).toMatchObject([
    { ts: '2026-01-02T03:04:05.000Z', surface: 'browser', dropped_frames: 2 },
  ]);
});

test('beyond the most streams the least recently used is closed, and its job gets a new one', () => {
  const warehouse = tempWarehouse();
  const writer = makeWriter({ warehouse, streamCountMax: 2 });

  ['a', 'b', 'a', 'c', 'a', 'b'].map((jobId) => writer.writeDeviceUsage(usage(jobId)));
  writer.close();

  const lineCounts = (jobId: string) => streamsOf(warehouse, jobId).map((path) => linesOf(path).length);
  expect([lineCounts('a'), lineCounts('b'), lineCounts('c')]).toEqual([[4], [2, 2], [2]]);
  expect(writer.counts()).toMatchObject({ appended: 10, written: 10 });
});

test.each([undefined, '../up', 7])('a row of no job is refused: %s', (jobId) => {
  const warn = vi.fn();
  const writer = makeWriter({ logger: { warn } });
  const strict = makeWriter({ strict: true });

  expect([writer.writeDeviceUsage(usage(jobId as never)), writer.writeDeviceUsage(usage(jobId as never))]).toEqual([
    false,
    false,
  ]);
  expect(writer.counts()).toMatchObject({ refused: 2, appended: 0 });
  expect(warn).toHaveBeenCalledOnce();
  expect(() => strict.writeDeviceUsage(usage(jobId as never))).toThrow(expect.objectContaining({ code: 'bad_event' }));
});

test('nothing is no row, and throws nothing', () => {
  const writer = makeWriter();

  expect([writer.writeJobMetric(undefined as never), writer.writeOverlayMetric(null as never)]).toEqual([false, false]);
});

test('a row after close is refused', () => {
  const writer = makeWriter();
  writer.close();
  writer.close();

  expect(writer.writeDeviceUsage(usage('j1'))).toBe(false);
  expect(writer.counts()).toMatchObject({ refused: 1 });
});

test('when one stream cannot be closed well, the others are closed all the same', () => {
  const warehouse = tempWarehouse();
  const before = process.listenerCount('exit');
  const writer = makeWriter({ warehouse });
  writer.writeDeviceUsage(usage('good'));
  writeFileSync(join(warehouse, 'inbox', 'bad'), 'a file in the way');
  writer.writeDeviceUsage(usage('bad'));

  writer.close();

  expect(writer.counts()).toMatchObject({ appended: 3, written: 2, dropped: 1 });
  expect(process.listenerCount('exit')).toBe(before);
});
