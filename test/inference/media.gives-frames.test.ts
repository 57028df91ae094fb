import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { type Media, openMedia } from '../../src/inference/media/index.ts';
import { clipPath } from './football.ts';
import { tempDir } from './temp-dir.ts';

describe('a video', () => {
  test('gives every frame in order, as RGBA with its time', async () => {
    const media = await openMedia(clipPath, 1);
    const frames = await readAll(media);

    expect(media).toMatchObject({ width: 1280, height: 720, frameCount: 75 });
    expect(frames.map((frame) => frame.index)).toEqual(Array.from({ length: 75 }, (_, i) => i));
    expect(frames.map((frame) => frame.bytes)).toEqual(Array(75).fill(1280 * 720 * 4));
    expect(frames.at(-1)?.timeMs).toBeCloseTo(74 * 40);
  });

  test('can be closed before its end', async () => {
    const media = await openMedia(clipPath, 1);
    const first = await media.frames[Symbol.asyncIterator]().next();
    await media.close();

    expect(first.value?.index).toBe(0);
  });

  test('that is damaged in the middle is an error, and no shorter video', async () => {
    const clip = await readFile(clipPath);
    const path = await fileOf('damaged.mp4', clip.fill(0x55, 400_000, 500_000));

    await expect(openMedia(path, 1).then(readAll)).rejects.toMatchObject({ code: 'media_unreadable' });
  });
});

describe('a picture', () => {
  test.each(['image/png', 'image/jpeg'] as const)('of type %s is one frame', async (type) => {
    const path = await fileOf('picture', red(64, 48).toBuffer(type as 'image/png'));
    const frames = await readAll(await openMedia(path, 1));

    expect(frames).toEqual([{ index: 0, timeMs: 0, bytes: 64 * 48 * 4, firstPixel: [254, 0, 0, 255].map(near) }]);
  });

  test('that is cut short is an error', async () => {
    const path = await fileOf('cut.png', red(64, 48).toBuffer('image/png').subarray(0, 40));

    await expect(openMedia(path, 1).then(readAll)).rejects.toMatchObject({ code: 'media_unreadable' });
  });
});

describe('a file that is neither', () => {
  test('is refused when it is text with the name of a video', async () => {
    const path = await fileOf('notes.mp4', 'these are only words\n'.repeat(100));

    await expect(openMedia(path, 1)).rejects.toMatchObject({
      code: 'media_unreadable',
      message: expect.stringContaining('Invalid data found'),
    });
  });

  test('is refused when it is empty', async () => {
    const path = await fileOf('empty.mp4', '');

    await expect(openMedia(path, 1)).rejects.toMatchObject({ code: 'media_unreadable', message: `${path} is empty` });
  });

  test('is refused when it is missing', async () => {
    const path = join(tempDir(), 'nowhere.mp4');

    await expect(openMedia(path, 1)).rejects.toMatchObject({
      code: 'file_not_readable',
      message: expect.stringContaining('ENOENT'),
    });
  });

  test('is refused when it is a folder', async () => {
    await expect(openMedia(tempDir(), 1)).rejects.toMatchObject({ code: 'media_unreadable' });
  });
});

const near = (value: number) => expect.closeTo(value, -0.6);

function red(width: number, height: number) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ff0000';
  context.fillRect(0, 0, width, height);
  return canvas;
}

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(tempDir(), name);
  await writeFile(path, content);
  return path;
}

/** The frames without their pixels, which a later frame may overwrite. */
async function readAll(media: Media) {
  const seen = [];
  for await (const { index, timeMs, rgba } of media.frames) {
    seen.push({ index, timeMs, bytes: rgba.length, firstPixel: [...rgba.subarray(0, 4)] });
  }
  await media.close();
  return seen;
}
