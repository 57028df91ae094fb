import { openJobEmitter } from '../../src/emitters/index.ts';
import type { Warehouse } from '../make/warehouse.ts';

/** What leaves a page for good where one of its texts is not escaped. */
const hostile = `</style></title></text></script><script>window.pwned = 1</script><img src="http://127.0.0.1:9/x" onerror='window.pwned = 2'>\u0000\ud800`;

/** A short job in which every text that a plugin, a model or a user gives is hostile. */
export function writeHostileJob({ path: warehouse }: Warehouse, jobId: string): void {
  const job = openJobEmitter({ warehouse, jobId, plugin: `plugin ${hostile}`, strict: true });
  const tool = `tool ${hostile}`;
  job.status({ device: 'gpu', status: 'running', input: `input ${hostile}` });
  const attempts = [{ provider: hostile, ok: false, reason: hostile }];
  job.deviceUsage({ device_requested: 'gpu', device_used: 'cpu', fallback: true, reason: hostile, attempts });
  for (const frame_index of [0, 1, 2]) {
    job.pluginRun({ tool, frame_index, duration_ms: 10 + frame_index, inference_ms: 5, success: true });
    job.overlayFrame({
      frame_index,
      render_time_ms: 4,
      dropped_frames: 0,
      fps: 25,
      surface: 'server',
      width: 640,
      height: 360,
    });
    const box = { x1: 10, y1: 10, x2: 60, y2: 90 };
    job.detection({ tool, frame_index, label: `label ${hostile}`, score: 0.5, track_id: 1, ...box });
    job.detection({ tool, frame_index, label: 'ball', x1: 700, y1: 10, x2: 720, y2: 20 });
    job.outputIssue({ tool, frame_index, code: `code ${hostile}`, path: hostile, message: `message ${hostile}` });
    job.outputRaw({ tool, frame_index, dialect: hostile, payload: [hostile], width: 640, height: 360 });
  }
  const pitch = { tool, pitch_length_m: 105, pitch_width_m: 68, keypoints_count: 8, inliers_count: 7 };
  // A metre is six px: the boxes of the first frame stand at 5.8 m, 15 m.
  const homography = [6, 0, 0, 0, 6, 0, 0, 0, 1];
  job.framePitch({ ...pitch, frame_index: 0, accepted: true, homography, residual_m: 0.3, residual_px: 2 });
  job.framePitch({ ...pitch, frame_index: 1, accepted: false, reason: hostile });
  job.log({ level: 'error', message: `log ${hostile}`, logger: hostile });
  job.status({ device: 'cpu', status: 'error', duration_ms: 50, error_message: `error ${hostile}` });
  job.close();
}
