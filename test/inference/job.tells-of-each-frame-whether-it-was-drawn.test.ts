import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { runJob } from '../../src/inference/index.ts';
import { openMedia } from '../../src/inference/media/index.ts';
import { lookOf } from '../../src/inference/overlay/palette.ts';
import { readSettings } from '../../src/settings.ts';
import { readFrames } from './corners.ts';
import { clipPath } from './football.ts';
import { type Line, ofKind, readEvents } from './inbox.ts';
import { modulePlugin } from './module-plugin.ts';
import { tempDir } from './temp-dir.ts';

const framesOf = (events: readonly Line[]) => ofKind(events, 'overlay.frame');
const indexes = (events: readonly Line[]) => events.map(({ frame_index }) => frame_index);

/** A box in the middle, found in no time or in `waitMs`. */
const boxPlugin = (waitMs: number) =>
  modulePlugin(`await new Promise((done) => setTimeout(done, ${waitMs}));\nreturn [[500, 300, 700, 600, 0.9, 0]];`);

function jobOf(pluginDir: string) {
  const warehouse = tempDir();
  return { warehouse, plugin: 'made', pluginDirs: [pluginDir], input: clipPath, framesMax: 25, jobId: 'j' };
}

describe('a job', () => {
  test('that draws five frames a second says so of each, and saves only these', async () => {
    const job = jobOf(boxPlugin(0));
    const video = join(job.warehouse, 'seen.mp4');
    const result = await runJob({ ...job, video, fpsMax: 5 });
    const frames = framesOf(readEvents(job.warehouse, 'j'));
    const drawn = frames.filter(({ throttled }) => throttled === undefined);
    const seen = await readFrames(await openMedia(video, 1));

    expect(result).toMatchObject({ status: 'done', frameCount: 25, detectionCount: 25 });
    expect(indexes(frames)).toEqual(Array.from({ length: 25 }, (_, i) => i));
    expect(indexes(drawn)).toEqual([0, 5, 10, 15, 20]);
    expect(frames.filter(({ throttled }) => throttled === true)).toHaveLength(20);
    expect(frames.every(({ skipped, dropped_frames }) => skipped === undefined && dropped_frames === 0)).toBe(true);
    expect(frames.filter(({ render_time_ms }) => render_time_ms === 0)).toHaveLength(20);
    expect(seen.map(({ timeMs }) => Math.round(timeMs))).toEqual([0, 200, 400, 600, 800]);
  });

  test('that is behind skips frames and says so', async () => {
    const job = jobOf(boxPlugin(60));
    const settings = readSettings({ overlay_deadline_ms: 1 });
    await runJob({ ...job, framesMax: 30, settings });
    const frames = framesOf(readEvents(job.warehouse, 'j'));
    const skipped = frames.filter((frame) => frame.skipped === true);

    expect(indexes(frames)).toHaveLength(30);
    expect(indexes(skipped)).not.toContain(0);
    expect(skipped.length).toBeGreaterThan(20);
    expect(skipped.every(({ render_time_ms, dropped_frames }) => render_time_ms === 0 && dropped_frames === 0)).toBe(
      true,
    );
    expect(frames.reduce((sum, frame) => sum + Number(frame.dropped_frames), 0)).toBeGreaterThan(0);
    expect(frames.some(({ throttled }) => throttled === true)).toBe(false);
  });

  test('draws the frame of a picture in any case', async () => {
    const job = jobOf(boxPlugin(0));
    const [last, third] = [join(job.warehouse, 'last.png'), join(job.warehouse, 'third.png')];
    await runJob({ ...job, framesMax: 5, fpsMax: 1, still: { frame: 99, path: last } });
    await runJob({ ...job, jobId: 'k', framesMax: 5, fpsMax: 1, still: { frame: 2, path: third } });
    const drawn = framesOf(readEvents(job.warehouse, 'k')).filter(({ throttled }) => throttled === undefined);

    expect(indexes(drawn)).toEqual([0, 2]);
    expect([await cornerOf(last), await cornerOf(third)]).toEqual([lookOf('person').colour, lookOf('person').colour]);
  });

  test('draws the layers that it is told to', async () => {
    const job = jobOf(boxPlugin(0));
    const [bare, boxed] = [join(job.warehouse, 'bare.png'), join(job.warehouse, 'boxed.png')];
    const settings = readSettings({ overlay_layers: 'none' });
    await runJob({ ...job, framesMax: 1, settings, still: { frame: 0, path: bare } });
    const on = { ...job, jobId: 'k', framesMax: 1, settings, still: { frame: 0, path: boxed } };
    await runJob({ ...on, layers: { players: true } });

    expect(await cornerOf(boxed)).toBe(lookOf('person').colour);
    expect(await cornerOf(bare)).not.toBe(lookOf('person').colour);
  });
});

/** The colour of a picture where the box has its first corner. */
async function cornerOf(path: string): Promise<string> {
  const pixel = sharp(await readFile(path)).extract({ left: 500, top: 300, width: 1, height: 1 });
  return `#${(await pixel.removeAlpha().raw().toBuffer()).toString('hex')}`;
}
