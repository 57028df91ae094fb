import type { Envelope } from '../envelope.ts';
import type { FieldsOf, Kind } from '../kinds.ts';

export interface Example<K extends Kind> {
  /** When an event of this kind is written, in words. */
  readonly when: string;
  readonly line: Envelope & FieldsOf<K>;
}

const at = (seq: number, second: string) => ({
  job_id: 'match-7',
  seq,
  ts: `2026-11-23T14:05:${second}Z`,
});

const frame = { plugin: 'pitch', tool: 'detect', frame_index: 16 };

/** For each kind, when it is written and one line of it. The documentation and the JSON Schema show them. */
export const examples: { readonly [K in Kind]: Example<K> } = {
  'stream.opened': {
    when: 'a process opened the stream: its first line',
    line: {
      event: 'stream.opened',
      ...at(0, '00.004'),
      host: 'bench-2',
      pid: 4711,
      process: 'runner',
      sdk: 'siltstone',
      sdk_version: '0.1.0',
    },
  },
  'job.status': {
    when: 'a job entered a state',
    line: {
      event: 'job.status',
      ...at(1, '00.005'),
      plugin: 'pitch',
      device: 'gpu',
      status: 'running',
      input: 'match.mp4',
    },
  },
  'plugin.run': {
    when: 'a tool of a plugin ran once, over one frame or one whole input',
    line: {
      event: 'plugin.run',
      ...at(15, '00.101'),
      ...frame,
      duration_ms: 12.48,
      success: true,
      preprocess_ms: 1.9,
      inference_ms: 9.87,
      postprocess_ms: 0.71,
      provider: 'cpu',
    },
  },
  'overlay.frame': {
    when: 'a frame was drawn, or was left out on purpose',
    line: {
      event: 'overlay.frame',
      ...at(17, '00.123'),
      frame_index: 16,
      render_time_ms: 7.91,
      dropped_frames: 0,
      fps: 29.7,
      surface: 'server',
      width: 1280,
      height: 720,
    },
  },
  'device.usage': {
    when: 'a job’s device was decided',
    line: {
      event: 'device.usage',
      ...at(2, '00.031'),
      device_requested: 'gpu',
      device_used: 'cpu',
      fallback: true,
      provider: 'cpu',
      attempts: [{ provider: 'cuda', outcome: 'failed', error: 'libcudart.so.12: no such file' }],
      reason: 'no GPU provider runs here',
    },
  },
  'output.raw': {
    when: 'a plugin answered for a frame: its output before it was normalised',
    line: {
      event: 'output.raw',
      ...at(11, '00.098'),
      ...frame,
      dialect: 'coco',
      payload: [{ bbox: [410, 220.5, 38, 96], category_id: 1, score: 0.93 }],
      width: 1280,
      height: 720,
    },
  },
  detection: {
    when: 'a plugin found something in a frame: one box, in the canonical form',
    line: {
      event: 'detection',
      ...at(12, '00.099'),
      ...frame,
      label: 'player',
      score: 0.93,
      track_id: 4,
      x1: 410,
      y1: 220.5,
      x2: 448,
      y2: 316.5,
    },
  },
  'output.issue': {
    when: 'something in a plugin’s output was wrong; the rest of the output was used',
    line: {
      event: 'output.issue',
      ...at(13, '00.099'),
      ...frame,
      code: 'missing_score',
      path: '$[3].score',
      message: 'the box has no score; it stays null',
    },
  },
  'frame.pitch': {
    when: 'a tool that looks for the pitch was asked for a frame: how the pitch lies in it, or why that is not known',
    line: {
      event: 'frame.pitch',
      ...at(14, '00.099'),
      ...frame,
      accepted: true,
      pitch_length_m: 105,
      pitch_width_m: 68,
      homography: [21.44, 6.243, -821, -0.1542, -1.911, 372.6, 0.000998, 0.01238, 0.426],
      keypoints_count: 9,
      inliers_count: 9,
      residual_m: 0.04,
      residual_px: 0.41,
    },
  },
  'output.normalised': {
    when: 'a job’s outputs have been read again: from now on this stream’s detections and issues of these frames count',
    line: {
      event: 'output.normalised',
      ...at(7, '01.201'),
      plugin: 'player-tracker',
      tool: 'track',
      generation: 1,
      first_frame: 0,
      last_frame: 124,
    },
  },
  log: {
    when: 'a process logged a line',
    line: { event: 'log', ...at(18, '00.130'), level: 'warn', message: 'frame 17 came late', logger: 'media' },
  },
  'line.rejected': {
    when: 'the compactor met a line that is no event; it keeps the line here',
    line: {
      event: 'line.rejected',
      ...at(19, '00.131'),
      stream: '0198f3c2-7b1e-7c44-9a55-3d0c6a1e2f40',
      line: 19,
      reason: 'plugin.run: duration_ms: expected number, received string',
      raw: '{"event":"plugin.run","duration_ms":"12 ms"}',
    },
  },
};
