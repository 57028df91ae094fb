import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Frame, openMedia } from '../../src/inference/media/index.ts';
import { openMediaAhead } from '../../src/inference/read-ahead.ts';
import { clipPath } from './football.ts';
import { tempDir } from './temp-dir.ts';

const signal = new AbortController().signal;
const options = { threads: 1, framesAhead: 2, signal };

test('frames that were decoded ahead are the same, in the same order', async () => {
  const ahead = await openMediaAhead({ path: clipPath, ...options });
  const plain = await openMedia(clipPath, 1);

  expect(ahead).toMatchObject({ width: plain.width, height: plain.height, frameCount: plain.frameCount });
  expect(await marksOf(ahead.frames)).toEqual(await marksOf(plain.frames));
  await ahead.close();
  await plain.close();
});

test('an input that cannot be read is the same error as without a thread', async () => {
  const path = join(tempDir(), 'notes.mp4');
  await writeFile(path, 'these are only words\n'.repeat(100));
  const error = await openMedia(path, 1).catch((thrown: Error) => thrown);

  await expect(openMediaAhead({ path, ...options })).rejects.toMatchObject({
    code: 'media_unreadable',
    message: (error as Error).message,
  });
});

test('whoever waits for a frame is told of the end of the job', async () => {
  const controller = new AbortController();
  const media = await openMediaAhead({ path: clipPath, ...options, signal: controller.signal });
  const frames = media.frames[Symbol.asyncIterator]();
  await frames.next();
  controller.abort(new Error('enough'));

  await expect(frames.next()).rejects.toThrow('enough');
  await media.close();
});

async function marksOf(frames: AsyncIterable<Frame>): Promise<readonly string[]> {
  const marks = [];
  for await (const { index, timeMs, rgba } of frames) {
    marks.push(`${index} ${timeMs} ${createHash('sha1').update(rgba).digest('hex')}`);
  }
  return marks;
}
