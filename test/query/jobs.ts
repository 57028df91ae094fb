import { openJobEmitter } from '../../src/emitters/index.ts';
import type { Warehouse } from '../make/warehouse.ts';

/** One whole job, by our emitter: 2 runs of a plugin, 2 frames, 2 detections, their raw output, a log line. */
export function writeJob({ path: warehouse }: Pick<Warehouse, 'path'>, jobId: string): void {
  const job = openJobEmitter({ warehouse, jobId, plugin: 'player-tracker', strict: true });
  job.status({ status: 'queued', device: 'gpu', input: 'a.mp4' });
  job.deviceUsage({ device_requested: 'gpu', device_used: 'cpu', fallback: true, attempts: [{ provider: 'cuda' }] });
  job.status({ status: 'running', device: 'cpu' });
  for (const frame_index of [0, 1]) {
    job.pluginRun({ tool: 'track', duration_ms: 7.91 + frame_index, success: true, frame_index });
    job.overlayFrame({ frame_index, render_time_ms: 0.25, dropped_frames: 0, fps: 29.7, surface: 'server' });
  }
  const frame = { tool: 'track', frame_index: 0 };
  const box = { ...frame, x1: 1, y1: 2.5, x2: 30, y2: 40 };
  job.outputRaw({ ...frame, dialect: 'coco', payload: { boxes: [[1, 2.5]] }, width: 64, height: 48 });
  job.detection({ ...box, label: 'ball', score: 0.5 });
  job.detection({ ...box, label: 'player', attrs: { team: 'home' } });
  job.log({ level: 'info', message: 'half way', logger: 'pipeline' });
  job.status({ status: 'done', device: 'cpu', duration_ms: 1234.5 });
  job.close();
}

const ts = '2026-11-23T14:05:00.123Z';

const foreign: readonly (string | object)[] = [
  { event: 'log', ts, level: 'info', message: 'no job id, no seq' },
  '',
  { event: 'log', job_id: 'job-9', seq: 7, ts, level: 'warn', message: 'another job, another number' },
  { event: 'door.opened', ts, who: 'me', 'a/b~"c': { deep: [1, 'x', null] }, none: null, fps: null },
  {
    ...{ event: 'overlay.frame', ts, frame_index: 1, render_time_ms: '7.5', dropped_frames: 0, fps: 30 },
    ...{ surface: 'browser', label: 'x' },
  },
  '{ "event": "log", "ts": "2026-11-23T14:05:00.123456+01:00", "level": "info", "message": "ö", "attrs": { "a": 1 }, "b": 2 }\r',
  { event: 'log', ts, level: 'info', message: 'clash', attrs: { extra: 1 }, extra: 2 },
  { event: 'log', ts, level: 'info', message: 'no object', attrs: [1] },
  { event: 'plugin.run', ts, plugin: 'p', tool: 't', duration_ms: 1e9, success: 'true', frame_index: null },
];

/** Lines that no siltstone wrote, each an event. */
export const foreignLines: string = foreign
  .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  .join('\n')
  .concat('\n');
