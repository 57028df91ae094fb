import type { Warehouse } from '../make/warehouse.ts';

const framesPerSecond = 25;
const frameCount = 3600 * framesPerSecond;

const timeAt = (frame: number): string => new Date(1_767_225_600_000 + (1000 * frame) / framesPerSecond).toISOString();

/** A job of 90,000 frames with two boxes each, and an issue in some: 360,000 events. */
export function writeHourLongJob({ append }: Warehouse, jobId: string): void {
  const of = { plugin: 'p', tool: 't' };
  let seq = 0;
  const line = (event: string, frame: number, fields: object): string =>
    `${JSON.stringify({ event, job_id: jobId, seq: seq++, ts: timeAt(frame), ...fields })}\n`;
  const stream = `${jobId}/hour.ndjson`;
  append(stream, line('job.status', 0, { plugin: 'p', device: 'cpu', status: 'running' }));
  for (let from = 0; from < frameCount; from += 1000) {
    const frames = Array.from({ length: 1000 }, (_, i) => from + i);
    append(stream, frames.map((frame) => linesOf(frame, of, line)).join(''));
  }
  append(
    stream,
    line('job.status', frameCount, { plugin: 'p', device: 'cpu', status: 'done', duration_ms: 3_600_000 }),
  );
}

type Line = (event: string, frame: number, fields: object) => string;

function linesOf(frame_index: number, of: object, line: Line): string {
  const wave = Math.sin(frame_index / 700);
  const times = { duration_ms: 20 + 5 * wave, inference_ms: 15 + 4 * wave, preprocess_ms: 1, postprocess_ms: 2 };
  const boxes = [0, 1].map((i) => {
    const x1 = 100 + 200 * i + 50 * wave;
    const box = {
      x1,
      y1: 300,
      x2: x1 + 30 + i,
      y2: 380,
      score: 0.6 + 0.3 * wave,
      track_id: i + 2 * Math.floor(frame_index / 500),
    };
    return line('detection', frame_index, { ...of, frame_index, label: `team ${i % 2}`, ...box });
  });
  const drawn = { render_time_ms: 6 + wave, dropped_frames: 0, fps: 25, surface: 'server', width: 1280, height: 720 };
  return [
    line('plugin.run', frame_index, { ...of, frame_index, success: true, ...times }),
    ...boxes,
    line('overlay.frame', frame_index, { frame_index, ...drawn }),
    ...(frame_index % 50 === 0
      ? [
          line('output.raw', frame_index, {
            ...of,
            frame_index,
            dialect: 'd',
            payload: [[frame_index]],
            width: 1280,
            height: 720,
          }),
          line('output.issue', frame_index, { ...of, frame_index, code: 'missing_score', path: '$', message: 'none' }),
        ]
      : []),
  ].join('');
}
