import { z } from 'zod';
import { choice, flag, integer, json, real, text } from './fields.ts';

const plugin = text('id of the plugin');
const tool = text('tool of the plugin');
const frameIndex = integer('frame of the input, from 0');
const provider = text('execution provider that ran: `cpu`, `cuda`, `webgpu`, …');
const durationMs = real('wall time, ms');
const errorMessage = text('why it failed');
const reason = text('why: of a fallback, or of a rejection');
const generation = integer(
  'how often the job’s outputs were read again until then; absent in what the job itself wrote',
);
const width = integer('width of the frame, px');
const height = integer('height of the frame, px');

/** THE CONTRACT: each kind's own fields. Types, columns, Delta schema, JSON Schema and docs are derived from this table. */
export const kinds = {
  'stream.opened': z.object({
    host: text('name of the host'),
    pid: integer('process id of the writer'),
    process: text('what the writer is: its program or role'),
    sdk: text('library that writes the stream'),
    sdk_version: text('version of that library'),
  }),
  'job.status': z.object({
    plugin,
    device: text('`cpu` or `gpu`: what was asked before the job ran, what it runs on after'),
    status: choice(['queued', 'running', 'done', 'error', 'cancelled'], 'state of the job'),
    duration_ms: durationMs.nullish(),
    error_message: errorMessage.nullish(),
    input: text('what the job reads').nullish(),
  }),
  'plugin.run': z.object({
    plugin,
    tool,
    duration_ms: durationMs,
    success: flag('whether the run succeeded'),
    frame_index: frameIndex.nullish(),
    preprocess_ms: real('time before inference, ms').nullish(),
    inference_ms: real('time inside the model, ms').nullish(),
    postprocess_ms: real('time after inference, ms').nullish(),
    provider: provider.nullish(),
    error_message: errorMessage.nullish(),
  }),
  'overlay.frame': z.object({
    frame_index: frameIndex,
    render_time_ms: real('time to draw the frame, ms'),
    dropped_frames: integer('frames dropped since the last drawn one'),
    fps: real('frames drawn per second'),
    surface: choice(['server', 'browser'], 'where it was drawn'),
    skipped: flag('not drawn because the machine was behind').nullish(),
    throttled: flag('not drawn because of max_fps').nullish(),
    width: width.nullish(),
    height: height.nullish(),
  }),
  'device.usage': z.object({
    device_requested: text('`cpu` or `gpu`, as asked for'),
    device_used: text('`cpu` or `gpu`, as it ran'),
    fallback: flag('whether it ran on another device than asked for'),
    provider: provider.nullish(),
    attempts: json('each provider tried, with its outcome and error text').nullish(),
    reason: reason.nullish(),
  }),
  'output.raw': z.object({
    plugin,
    tool,
    frame_index: frameIndex,
    dialect: text('shape in which the model family writes its results'),
    payload: json('the output as the plugin gave it'),
    width,
    height,
  }),
  detection: z.object({
    plugin,
    tool,
    frame_index: frameIndex,
    label: text('class name'),
    score: real('confidence, 0 to 1; absent where the model gives none').nullish(),
    track_id: integer('track within the job').nullish(),
    x1: real('left, px of the frame'),
    y1: real('top, px of the frame'),
    x2: real('right, px of the frame'),
    y2: real('bottom, px of the frame'),
    text: text('recognised text').nullish(),
    keypoints: json('list of {x, y, score?, label?}, px of the frame').nullish(),
    generation: generation.nullish(),
  }),
  'output.issue': z.object({
    plugin,
    tool,
    frame_index: frameIndex,
    code: text('what is wrong: `missing_score`, `inverted_box`, `out_of_bounds`, …'),
    path: text('where in the output, as a JSON path'),
    message: text('the log line, or what is wrong, in words'),
    generation: generation.nullish(),
  }),
  'frame.pitch': z.object({
    plugin,
    tool,
    frame_index: frameIndex,
    accepted: flag('whether it is known how the pitch lies in the frame'),
    reason: reason.nullish(),
    pitch_length_m: real('length of the pitch, m'),
    pitch_width_m: real('width of the pitch, m'),
    homography: json('nine numbers, row by row: metres of the pitch to px of the frame').nullish(),
    keypoints_count: integer('landmarks of the pitch that were seen'),
    inliers_count: integer('landmarks that agree with one another'),
    residual_m: real('median distance of those from where they should be, m').nullish(),
    residual_px: real('the same, px of the frame').nullish(),
  }),
  'output.normalised': z.object({
    plugin,
    tool,
    generation,
    first_frame: integer('first frame that was read again'),
    last_frame: integer('last frame that was read again'),
  }),
  log: z.object({
    level: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal'], 'severity'),
    message: text('the log line, or what is wrong, in words'),
    logger: text('name of the logger').nullish(),
  }),
  'line.rejected': z.object({
    stream: text('stream of the line'),
    line: integer('number of the line in its stream, from 0'),
    reason,
    raw: text('the line as it was read'),
  }),
} as const;

export type Kind = keyof typeof kinds;

/** The fields of one kind, without the envelope. */
export type FieldsOf<K extends Kind> = z.infer<(typeof kinds)[K]>;

export function isKind(event: string): event is Kind {
  return Object.hasOwn(kinds, event);
}
