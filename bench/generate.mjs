// Writes a realistic inbox: each job a stream of its own, as the emitters write it.
// node bench/generate.mjs FOLDER [JOBS] [EVENTS_PER_JOB]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @param {number} seed */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A UUIDv7 of job `j`: the same each time. @param {number} j @param {number} startedAt */
function streamName(j, startedAt) {
  const time = startedAt.toString(16).padStart(12, '0');
  const tail = j.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`;
}

/** One job: a tracker over a clip, six boxes a frame. @param {number} j @param {number} events */
export function jobLines(j, events) {
  const random = randomFrom(j + 1);
  const startedAt = Date.UTC(2026, 10, 22) + j * 170_000;
  const job_id = `job-${String(j).padStart(6, '0')}`;
  const lines = [];
  let at = startedAt;
  const add = (event, fields) => {
    lines.push(JSON.stringify({ event, job_id, seq: lines.length, ts: new Date(at).toISOString(), ...fields }));
  };
  const ms = (max) => Math.round(random() * max * 1000) / 1000;
  const plugin = ['player-tracker', 'ocr', 'yolo'][j % 3];
  add('stream.opened', { host: 'bench', pid: 1000 + j, process: 'runner', sdk: 'siltstone', sdk_version: '0.1.0' });
  add('job.status', { plugin, device: 'gpu', status: 'running' });
  const attempts = [{ provider: 'cuda', ok: false, reason: 'Failed to load shared library' }];
  add('device.usage', { device_requested: 'gpu', device_used: 'cpu', fallback: true, provider: 'cpu', attempts });
  for (let frame_index = 0; lines.length < events - 1; frame_index += 1) {
    at += 40;
    const [inference_ms, postprocess_ms] = [ms(20), ms(1)];
    const duration_ms = Math.round((inference_ms + postprocess_ms) * 1000) / 1000;
    add('plugin.run', {
      plugin,
      tool: 'track',
      duration_ms,
      success: true,
      frame_index,
      inference_ms,
      postprocess_ms,
      provider: 'cpu',
    });
    add('overlay.frame', { frame_index, render_time_ms: ms(8), dropped_frames: 0, fps: 25, surface: 'server' });
    for (let box = 0; box < 6 && lines.length < events - 1; box += 1) {
      const [x1, y1] = [Math.round(random() * 120000) / 100, Math.round(random() * 60000) / 100];
      const label = ['red', 'blue', 'referee', 'ball'][box % 4];
      const score = Math.round(random() * 1000) / 1000;
      add('detection', {
        plugin,
        tool: 'track',
        frame_index,
        label,
        score,
        track_id: box,
        x1,
        y1,
        x2: x1 + 24,
        y2: y1 + 60,
      });
    }
  }
  add('job.status', { plugin, device: 'cpu', status: 'done', duration_ms: at - startedAt });
  return { path: join(job_id, `${streamName(j, startedAt)}.ndjson`), text: `${lines.join('\n')}\n` };
}

/** @param {string} inbox @param {number} jobs @param {number} eventsPerJob @returns the bytes written */
export function generateInbox(inbox, jobs, eventsPerJob) {
  let bytes = 0;
  for (let j = 0; j < jobs; j += 1) {
    const { path, text } = jobLines(j, eventsPerJob);
    mkdirSync(join(inbox, path, '..'), { recursive: true });
    writeFileSync(join(inbox, path), text);
    bytes += text.length;
  }
  return bytes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'bench/data/inbox', jobs = '500', eventsPerJob = '4000'] = process.argv.slice(2);
  console.log(`${generateInbox(folder, Number(jobs), Number(eventsPerJob))} bytes in ${folder}`);
}
