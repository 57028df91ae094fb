import { expect, test } from 'vitest';
import { envelope, fieldsOf, kinds, lakeColumns, lineColumns, partitionColumns } from '../../src/events/index.ts';

const inWords = (schema: Parameters<typeof fieldsOf>[0]) =>
  fieldsOf(schema)
    .map(({ name, required }) => `${name}${required ? '' : '?'}`)
    .join(' ');

test('the envelope has these fields, in this order', () => {
  expect(inWords(envelope)).toBe('event job_id? seq? ts request_id? attrs?');
});

test('the kinds are these, each with these fields in this order', () => {
  const table = Object.entries(kinds).map(([kind, schema]) => [kind, inWords(schema)]);

  expect(table).toEqual([
    ['stream.opened', 'host pid process sdk sdk_version'],
    ['job.status', 'plugin device status duration_ms? error_message? input?'],
    [
      'plugin.run',
      'plugin tool duration_ms success frame_index? preprocess_ms? inference_ms? postprocess_ms? provider? error_message?',
    ],
    ['overlay.frame', 'frame_index render_time_ms dropped_frames fps surface skipped? throttled? width? height?'],
    ['device.usage', 'device_requested device_used fallback provider? attempts? reason?'],
    ['output.raw', 'plugin tool frame_index dialect payload width height'],
    ['detection', 'plugin tool frame_index label score? track_id? x1 y1 x2 y2 text? keypoints? generation?'],
    ['output.issue', 'plugin tool frame_index code path message generation?'],
    [
      'frame.pitch',
      'plugin tool frame_index accepted reason? pitch_length_m pitch_width_m homography? keypoints_count inliers_count residual_m? residual_px?',
    ],
    ['output.normalised', 'plugin tool generation first_frame last_frame'],
    ['log', 'level message logger?'],
    ['line.rejected', 'stream line reason raw'],
  ]);
});

test('the choices are these', () => {
  expect(kinds['job.status'].shape.status.options).toEqual(['queued', 'running', 'done', 'error', 'cancelled']);
  expect(kinds['overlay.frame'].shape.surface.options).toEqual(['server', 'browser']);
  expect(kinds.log.shape.level.options).toEqual(['trace', 'debug', 'info', 'warn', 'error', 'fatal']);
});

test('the lake has these columns, in this order', () => {
  const columns = lakeColumns.map(({ name, type }) => `${name} ${type}`);

  expect(columns).toEqual([
    'event VARCHAR',
    'date DATE',
    'stream VARCHAR',
    'job_id VARCHAR',
    'seq BIGINT',
    'ts TIMESTAMPTZ',
    'request_id VARCHAR',
    'attrs JSON',
    'host VARCHAR',
    'pid BIGINT',
    'process VARCHAR',
    'sdk VARCHAR',
    'sdk_version VARCHAR',
    'plugin VARCHAR',
    'device VARCHAR',
    'status VARCHAR',
    'duration_ms DOUBLE',
    'error_message VARCHAR',
    'input VARCHAR',
    'tool VARCHAR',
    'success BOOLEAN',
    'frame_index BIGINT',
    'preprocess_ms DOUBLE',
    'inference_ms DOUBLE',
    'postprocess_ms DOUBLE',
    'provider VARCHAR',
    'render_time_ms DOUBLE',
    'dropped_frames BIGINT',
    'fps DOUBLE',
    'surface VARCHAR',
    'skipped BOOLEAN',
    'throttled BOOLEAN',
    'width BIGINT',
    'height BIGINT',
    'device_requested VARCHAR',
    'device_used VARCHAR',
    'fallback BOOLEAN',
    'attempts JSON',
    'reason VARCHAR',
    'dialect VARCHAR',
    'payload JSON',
    'label VARCHAR',
    'score DOUBLE',
    'track_id BIGINT',
    'x1 DOUBLE',
    'y1 DOUBLE',
    'x2 DOUBLE',
    'y2 DOUBLE',
    'text VARCHAR',
    'keypoints JSON',
    'generation BIGINT',
    'code VARCHAR',
    'path VARCHAR',
    'message VARCHAR',
    'accepted BOOLEAN',
    'pitch_length_m DOUBLE',
    'pitch_width_m DOUBLE',
    'homography JSON',
    'keypoints_count BIGINT',
    'inliers_count BIGINT',
    'residual_m DOUBLE',
    'residual_px DOUBLE',
    'first_frame BIGINT',
    'last_frame BIGINT',
    'level VARCHAR',
    'logger VARCHAR',
    'line BIGINT',
    'raw VARCHAR',
  ]);
});

test('a column has one type, whichever kinds fill it', () => {
  const typed = new Set(
    [envelope, ...Object.values(kinds)].flatMap(fieldsOf).map(({ name, type }) => `${name} ${type}`),
  );

  expect([...typed].sort()).toEqual(lineColumns.map(({ name, type }) => `${name} ${type}`).sort());
});

test('the lake is partitioned by columns that it has', () => {
  expect(lakeColumns.slice(0, partitionColumns.length).map(({ name }) => name)).toEqual(partitionColumns);
});
