import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { runJob } from '../../src/inference/index.ts';
import { openMedia } from '../../src/inference/media/index.ts';
import { readFrames } from './corners.ts';
import { clipPath } from './football.ts';
import { ofKind, readEvents } from './inbox.ts';
import { tempDir } from './temp-dir.ts';

/** A job of one id over the clip, with everything that it can save. */
function jobIn(dir: string) {
  const still = { frame: 1, path: join(dir, 'still.jpg') };
  return {
    options: {
      warehouse: join(dir, 'w'),
      plugin: 'player-tracker',
      input: clipPath,
      jobId: 'j',
      video: join(dir, 'seen.mp4'),
    },
    still,
    pid: () => Number(ofKind(readEvents(join(dir, 'w'), 'j'), 'stream.opened')[0]?.pid),
  };
}

describe('a job that saves what it saw', () => {
  test('leaves a video with every frame and a picture in the format of its name', async () => {
    const dir = tempDir();
    const { options, still } = jobIn(dir);
    const result = await runJob({ ...options, still, framesMax: 5 });
    const frames = await readFrames(await openMedia(options.video, 1));

    expect(result).toMatchObject({ status: 'done', videoPath: options.video, stillPath: still.path });
    expect(frames.map(({ timeMs }) => Math.round(timeMs))).toEqual([0, 40, 80, 120, 160]);
    expect((await sharp(await readFile(still.path)).metadata()).format).toBe('jpeg');
    expect((await readdir(dir)).sort()).toEqual(['seen.mp4', 'still.jpg', 'w']);
  });

  test('draws boxes into the video', async () => {
    const { options } = jobIn(tempDir());
    await runJob({ ...options, framesMax: 1 });
    const [plain] = await readFrames(await openMedia(clipPath, 1));
    const [seen] = await readFrames(await openMedia(options.video, 1));
    const changed = seen?.rgba.filter((value, i) => Math.abs(value - (plain?.rgba[i] ?? 0)) > 60);

    expect(changed?.length).toBeGreaterThan(2000);
  });

  test('takes pictures of different sizes into one video, and tells what it left out', async () => {
    const dir = tempDir();
    const { options } = jobIn(dir);
    const folder = join(dir, 'photos');
    await mkdir(folder);
    const picture = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#208020' } });
    await picture(101, 81).png().toFile(join(folder, '9.png'));
    await picture(50, 60).png().toFile(join(folder, '10.png'));
    await writeFile(join(folder, 'notes.txt'), 'words');
    const result = await runJob({ ...options, input: folder });
    const overlays = ofKind(readEvents(options.warehouse, 'j'), 'overlay.frame');

    expect(result).toMatchObject({ status: 'done', frameCount: 2, notes: [expect.stringContaining('notes.txt')] });
    expect(overlays.map(({ width, height }) => [width, height])).toEqual([
      [101, 81],
      [50, 60],
    ]);
    expect(await readFrames(await openMedia(options.video, 1))).toMatchObject([
      { width: 102, height: 82 },
      { width: 102 },
    ]);
  });
});

test('a job says what it is to save before it begins', async () => {
  const { options, still } = jobIn(tempDir());
  await runJob({ ...options, still, framesMax: 2 });
  const [queued] = ofKind(readEvents(options.warehouse, 'j'), 'job.status');

  expect(queued).toMatchObject({ status: 'queued', attrs: { files: [still.path, options.video] } });
});

describe('no half file is left by a job', () => {
  test('that is cancelled', async () => {
    const dir = tempDir();
    const controller = new AbortController();
    const { options, still } = jobIn(dir);
    const result = await runJob({
      ...options,
      still: { ...still, frame: 99 },
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });

    expect(result.status).toBe('cancelled');
    expect(await readdir(dir)).toEqual(['w']);
  });

  test('that was killed', async () => {
    const dir = tempDir();
    const { options, pid } = jobIn(dir);
    let begun: readonly string[] = [];
    const onProgress = vi.fn().mockImplementationOnce(async () => {
      begun = await readdir(dir);
      process.kill(pid(), 'SIGKILL');
    });
    const result = await runJob({ ...options, onProgress });

    expect(result.status).toBe('error');
    expect(begun).toContain('.seen.mp4.j.part');
    expect(await readdir(dir)).toEqual(['w']);
  });

  test('whose input breaks off', async () => {
    const dir = tempDir();
    const { options } = jobIn(dir);
    const input = join(dir, 'cut.mp4');
    await writeFile(input, (await readFile(clipPath)).subarray(0, 300_000));
    const result = await runJob({ ...options, input });

    expect(result).toMatchObject({ status: 'error', error: { code: 'media_unreadable' } });
    expect(result.frameCount).toBeGreaterThan(0);
    expect((await readdir(dir)).sort()).toEqual(['cut.mp4', 'w']);
  });

  test.each([
    ['video', (path: string) => ({ video: path })],
    ['still', (path: string) => ({ still: { frame: 1, path } })],
  ])('that cannot write its %s, and says so before its first frame', async (_, asked) => {
    const dir = tempDir();
    const path = join(dir, 'nowhere', 'seen');
    const result = await runJob({ ...jobIn(dir).options, ...asked(path) });

    expect(result).toMatchObject({ status: 'error', frameCount: 0, error: { code: 'file_not_writable' } });
  });
});
