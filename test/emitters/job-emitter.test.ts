import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type JobEmitterOptions, openJobEmitter } from '../../src/emitters/index.ts';
import { eventsOf, tempWarehouse } from './warehouse.ts';

function makeEmitter(options: Partial<JobEmitterOptions> = {}) {
  const emitter = openJobEmitter({ warehouse: tempWarehouse(), plugin: 'p', ...options });
  onTestFinished(() => emitter.close());
  return emitter;
}

test('each method writes one event of its kind, with the job’s plugin', () => {
  const warehouse = tempWarehouse();
  const emitter = makeEmitter({ warehouse, jobId: 'j1' });
  const source = { tool: 't', frame_index: 0 };
  const pitch = { pitch_length_m: 105, pitch_width_m: 68, keypoints_count: 0, inliers_count: 0 };

  const taken = [
    emitter.status({ device: 'cpu', status: 'running' }),
    emitter.pluginRun({ tool: 't', duration_ms: 5.5, success: true }),
    emitter.overlayFrame({ frame_index: 0, render_time_ms: 1, dropped_frames: 0, fps: 30, surface: 'server' }),
    emitter.deviceUsage({
      device_requested: 'gpu',
      device_used: 'cpu',
      fallback: true,
      attempts: [{ provider: 'cuda' }],
    }),
    emitter.outputRaw({ ...source, dialect: 'coco', payload: [], width: 4, height: 3 }),
    emitter.detection({ ...source, label: 'ball', x1: 0, y1: 0, x2: 1, y2: 1, keypoints: null }),
    emitter.outputIssue({ ...source, code: 'missing_score', path: '$', message: 'm' }),
    emitter.framePitch({ ...source, accepted: false, reason: 'r', ...pitch }),
    emitter.log({ level: 'info', message: 'm', attrs: { n: 1 } }),
  ];
  emitter.close();

  expect(taken).toEqual(Array(9).fill(true));
  expect(eventsOf(warehouse).map(({ event, plugin }) => [event, plugin])).toEqual([
    ['job.status', 'p'],
    ['plugin.run', 'p'],
    ['overlay.frame', undefined],
    ['device.usage', undefined],
    ['output.raw', 'p'],
    ['detection', 'p'],
    ['output.issue', 'p'],
    ['frame.pitch', 'p'],
    ['log', undefined],
  ]);
});

test('a job without an id gets one, which names its folder', () => {
  const warehouse = tempWarehouse();
  const emitter = makeEmitter({ warehouse });

  expect(readdirSync(join(warehouse, 'inbox'))).toEqual([emitter.jobId]);
});

test('an event may name another plugin', () => {
  const warehouse = tempWarehouse();
  const emitter = makeEmitter({ warehouse, jobId: 'j1' });

  emitter.pluginRun({ plugin: 'other', tool: 't', duration_ms: 1, success: false });
  emitter.close();

  expect(eventsOf(warehouse)).toMatchObject([{ plugin: 'other' }]);
});

test('a kind of one’s own goes through the event log', () => {
  const warehouse = tempWarehouse();
  const emitter = makeEmitter({ warehouse, jobId: 'j1' });

  emitter.eventLog.appendUnknown('camera.moved', { pan: 1 });
  emitter.close();

  expect(eventsOf(warehouse)).toMatchObject([{ event: 'camera.moved', attrs: { pan: 1 } }]);
});

test('fields that cannot be read do not throw', () => {
  const emitter = makeEmitter({ logger: { warn: () => undefined } });
  const ownKeys = () => {
    throw new Error('no');
  };
  const unreadable = new Proxy({}, { ownKeys }) as never;

  expect(emitter.pluginRun(unreadable)).toBe(false);
  expect(emitter.counts()).toMatchObject({ refused: 1 });
});
