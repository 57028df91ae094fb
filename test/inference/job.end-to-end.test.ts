import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/events/index.ts';
import { type JobProgress, runJob } from '../../src/inference/index.ts';
import { makeImage } from '../../src/inference/letterbox.ts';
import { trackerDefaults } from '../../src/inference/track/options.ts';
import { clipPath, makeScene } from './football.ts';
import { ofKind, readEvents, statusesOf } from './inbox.ts';
import { tempDir } from './temp-dir.ts';

const plugin = 'player-tracker';

describe('a job over a clip', () => {
  test('leaves its states, its device and every frame under one job id', async () => {
    const warehouse = tempDir();
    const result = await runJob({ warehouse, plugin, input: clipPath, framesMax: 12 });
    const events = readEvents(warehouse, result.jobId);

    expect(result).toMatchObject({ status: 'done', frameCount: 12, device: { used: 'cpu', fallback: false } });
    expect(new Set(events.map(({ job_id }) => job_id))).toEqual(new Set([result.jobId]));
    expect(statusesOf(events)).toEqual(['queued', 'running', 'done']);
    expect(ofKind(events, 'device.usage')).toMatchObject([{ device_requested: 'cpu', device_used: 'cpu' }]);
    const indexes = Array.from({ length: 12 }, (_, i) => i);
    expect(ofKind(events, 'plugin.run').map(({ frame_index }) => frame_index)).toEqual(indexes);
    expect(ofKind(events, 'output.raw').map(({ frame_index }) => frame_index)).toEqual(indexes);
    expect(ofKind(events, 'overlay.frame').map(({ frame_index }) => frame_index)).toEqual(indexes);
    expect(ofKind(events, 'frame.pitch').map(({ frame_index }) => frame_index)).toEqual(indexes);
    expect(ofKind(events, 'detection')).toHaveLength(result.detectionCount);
    expect(ofKind(events, 'output.issue')).toHaveLength(result.issueCount);
  });

  test('writes runs and overlays with all their fields', async () => {
    const warehouse = tempDir();
    const { jobId } = await runJob({ warehouse, plugin, input: clipPath, framesMax: 3, tool: 'detect' });
    const events = readEvents(warehouse, jobId);
    const run = ofKind(events, 'plugin.run')[2];
    const overlay = ofKind(events, 'overlay.frame')[2];

    expect(kinds['plugin.run'].required().omit({ error_message: true }).safeParse(run).error).toBeUndefined();
    const stages = ['decode_at_ms', 'decode_ms', 'decode_wait_ms', 'run_at_ms', 'normalise_ms', 'track_ms', 'pitch_ms'];
    expect(run).toMatchObject({ plugin, tool: 'detect', provider: 'cpu', success: true });
    expect(run?.attrs).toEqual(Object.fromEntries(stages.map((name) => [name, expect.any(Number)])));
    expect(overlay).toMatchObject({ surface: 'server', width: 1280, height: 720, dropped_frames: 0 });
    expect(ofKind(events, 'detection').every(({ track_id }) => track_id === undefined)).toBe(true);
  });

  test('says how the pitch lies in a frame, with all fields', async () => {
    const warehouse = tempDir();
    const { jobId } = await runJob({ warehouse, plugin, input: clipPath, framesMax: 3 });
    const pitch = ofKind(readEvents(warehouse, jobId), 'frame.pitch')[2];

    expect(kinds['frame.pitch'].required().omit({ reason: true }).safeParse(pitch).error).toBeUndefined();
    expect(pitch).toMatchObject({ plugin, tool: 'track', accepted: true, pitch_length_m: 105, pitch_width_m: 68 });
  });

  test('keeps how its tool follows boxes, once, where it does', async () => {
    const warehouse = tempDir();
    const { jobId } = await runJob({ warehouse, plugin, input: clipPath, framesMax: 1 });
    const { jobId: other } = await runJob({ warehouse, plugin, input: clipPath, framesMax: 1, tool: 'detect' });
    const attrs = (job: string) => ofKind(readEvents(warehouse, job), 'job.status').map((event) => event.attrs);

    expect(attrs(jobId)[1]).toMatchObject({ tracks: true, tracker: { ...trackerDefaults, score_high: 0.45 } });
    expect(attrs(other)).toMatchObject([{ tool: 'detect' }, { tracks: false }, undefined]);
    expect(attrs(other)[1]).not.toHaveProperty('tracker');
  });

  test('tells its progress and saves the frame that was asked for', async () => {
    const dir = tempDir();
    const progress: JobProgress[] = [];
    const still = { frame: 2, path: join(dir, 'still.png') };
    const result = await runJob({
      warehouse: dir,
      plugin,
      input: clipPath,
      framesMax: 4,
      still,
      onProgress: (one) => progress.push(one),
    });

    expect(progress).toEqual([1, 2, 3, 4].map((framesDone) => ({ framesDone, framesTotal: 4 })));
    expect(result.stillPath).toBe(still.path);
    expect((await readFile(still.path)).subarray(1, 4).toString()).toBe('PNG');
  });

  test('takes its id from the caller', async () => {
    const warehouse = tempDir();
    const result = await runJob({ warehouse, plugin, input: clipPath, framesMax: 1, jobId: 'match-7' });

    expect(result.jobId).toBe('match-7');
    expect(statusesOf(readEvents(warehouse, 'match-7'))).toEqual(['queued', 'running', 'done']);
  });
});

test('a picture of another size gives boxes in its own pixels', async () => {
  const dir = tempDir();
  const { rgba, objects } = makeScene(203)(500);
  const full = createCanvas(1280, 720);
  full.getContext('2d').putImageData(makeImage(full)(new Uint8Array(rgba.buffer)), 0, 0);
  const large = createCanvas(1920, 1200);
  large.getContext('2d').drawImage(full, 0, 60, 1920, 1080);
  await writeFile(join(dir, 'large.png'), large.toBuffer('image/png'));
  const result = await runJob({ warehouse: dir, plugin, input: join(dir, 'large.png') });
  const referee = objects.find(({ label }) => label === 'black')?.box ?? [];
  const found = ofKind(readEvents(dir, result.jobId), 'detection').find(({ label }) => label === 'black');

  expect(result).toMatchObject({ status: 'done', frameCount: 1 });
  expect([found?.x1, found?.y2]).toEqual([near((referee[0] ?? 0) * 1.5), near((referee[3] ?? 0) * 1.5 + 60)]);
});

test('three jobs side by side all end well', async () => {
  const warehouse = tempDir();
  const jobs = ['a', 'b', 'c'].map((jobId) => runJob({ warehouse, plugin, input: clipPath, jobId, framesMax: 20 }));

  expect((await Promise.all(jobs)).map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  expect(['a', 'b', 'c'].map((id) => statusesOf(readEvents(warehouse, id)).at(-1))).toEqual(['done', 'done', 'done']);
});

/** Within 15 px: the detector's places and sizes are coarse. */
const near = (value: number) => expect.toSatisfy((found: number) => Math.abs(found - value) < 15, `near ${value}`);
