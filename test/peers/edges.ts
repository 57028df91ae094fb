import type { Line } from '../make/events.ts';

const ts = '2026-11-23T14:05:00.123Z';

const run = (duration_ms: number, fields: Line = {}): Line => ({
  ...{ event: 'plugin.run', ts, plugin: 'p', tool: 't', duration_ms, success: true },
  ...fields,
});
const frame = (fields: Line): Line => ({
  ...{ event: 'overlay.frame', ts, frame_index: 1, render_time_ms: 2.5, dropped_frames: 3, fps: 29.97 },
  ...{ surface: 'server', ...fields },
});
const status = (fields: Line): Line => ({ event: 'job.status', ts, plugin: 'p', device: 'gpu', ...fields });
const device = (device_used: string, fields: Line = {}): Line => ({
  ...{ event: 'device.usage', ts, device_requested: 'gpu', device_used, fallback: device_used === 'cpu' },
  ...fields,
});
const box = (fields: Line): Line => ({
  ...{ event: 'detection', ts, plugin: 'p', tool: 't', frame_index: 1, label: 'b', x1: 1, y1: 1, x2: 9, y2: 9 },
  ...fields,
});

/** Events by stream on which two engines are most likely to differ. */
export const edgeLines: Readonly<Record<string, readonly Line[]>> = {
  // Halves, the numbers beside them, and what an INTEGER does not hold.
  'rounding/a.ndjson': [
    ...[0.5, 1.5, 2.5, 3.5, -0.5, -1.5, -2.5, 0.49999999999999994, -0, 5e-324].map((x) => run(x)),
    ...[2147483647, 2147483647.4, 2147483647.5, -2147483648.4, -2147483648.5, 3e9, 1e308].map((x) => run(x)),
    frame({ frame_index: 2 ** 32, render_time_ms: 1e20, dropped_frames: 2 ** 31 }),
    frame({ fps: 1e300 }),
    frame({ fps: -3.5e38 }),
    frame({ fps: 1e-46 }),
    frame({ fps: 16777217 }),
  ],
  // NULL is neither true nor false.
  'flags/a.ndjson': [
    ...[true, false, null].flatMap((skipped) => [true, false, null].map((throttled) => frame({ skipped, throttled }))),
    run(1, { success: false }),
  ],
  // Events of one moment in several streams: the place decides. A value that is not set hides no earlier one.
  'ties/b.ndjson': [
    status({ status: 'queued', input: 'a.mp4' }),
    status({ status: 'running', duration_ms: 2.5 }),
    status({ status: 'error', error_message: 'first' }),
    device('cpu', { reason: 'b' }),
  ],
  'ties/a.ndjson': [
    status({ status: 'cancelled', error_message: 'second', duration_ms: 3.5 }),
    device('gpu', { ts: '2026-11-23T14:05:00.123001Z' }),
    device('cpu'),
  ],
  'ties/Ä.ndjson': [status({ status: 'done', error_message: null, plugin: 'q' }), device('gpu')],
  'falls-back/a.ndjson': [status({ status: 'queued' }), device('cpu'), status({ status: 'done' })],
  'unfinished/a.ndjson': [status({ status: 'queued' })],
  'only-a-device/a.ndjson': [device('cpu')],
  'texts/a.ndjson': [
    { event: 'log', ts, level: 'info', message: '日本語 𝄞 e\u0301 "\\ \t\n\r \u2028 \u007f' },
    { event: 'log', ts, level: 'info', message: '', logger: 'NULL', attrs: { 'ü"': [1.5, 1e300, null, {}] } },
    { event: 'door.opened', ts, who: 'me', 'a/b': { deep: [1, 'x', null] }, attrs: { seq: 1 } },
    { event: 'unknown.kind', ts: '2000-01-01T00:00:00.000001Z' },
    { event: 'unknown.kind', ts: '2099-12-31T23:59:59.999999Z', request_id: 'r' },
  ],
  'boxes/a.ndjson': [
    box({ x2: 0 }),
    box({ x1: -0.5 }),
    box({ x2: 65, score: 0.5, track_id: 7 }),
    box({ frame_index: 2, x2: 1e9, keypoints: [{ x: 1.0, y: 2.5 }], text: 'é' }),
    frame({ width: 64, height: 48 }),
    { event: 'output.raw', ts, plugin: 'p', tool: 't', frame_index: 2, dialect: 'd', payload: [], width: 8, height: 8 },
    { event: 'output.issue', ts, plugin: 'p', tool: 't', frame_index: 2, code: 'c', path: '$[0]', message: 'm' },
  ],
  // Read again once to the end, and a second time not to the end; a frame came later.
  'read-again/a.ndjson': [0, 1, 5].map((frame_index) => box({ frame_index })),
  'read-again/b.ndjson': [
    box({ frame_index: 0, generation: 1, label: 'b' }),
    {
      event: 'output.issue',
      ts,
      plugin: 'p',
      tool: 't',
      frame_index: 1,
      code: 'c',
      path: '$',
      message: 'm',
      generation: 1,
    },
    { event: 'output.normalised', ts, plugin: 'p', tool: 't', generation: 1, first_frame: 0, last_frame: 1 },
  ],
  'read-again/c.ndjson': [box({ frame_index: 0, generation: 2, label: 'c' })],
};
