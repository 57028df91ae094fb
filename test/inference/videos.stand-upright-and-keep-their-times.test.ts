import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openVideo } from '../../src/inference/media/video.ts';
import { findVideoCodec } from '../../src/inference/media/video-codec.ts';
import { codecs, writeClip } from './codecs.ts';
import { cornersOf, orientations, readFrames, storedPixels, upright, withMatrix } from './corners.ts';
import { clipPath } from './football.ts';
import { tempDir } from './temp-dir.ts';

const [asItIs] = orientations;
const grey = (width: number, height: number) => ({ width, height, rgba: new Uint8Array(width * height * 4).fill(128) });

/** No two frames of it are alike to an encoder, so that each is some bytes long. */
const noise = { width: 64, height: 64, rgba: Uint8Array.from({ length: 64 * 64 * 4 }, (_, i) => (i * 7919) % 251) };

/** Where the last sample of an MP4 begins, all of whose samples are one chunk: its size is the last number of `stsz`. */
function lastSampleAt(mp4: Buffer): number {
  const stsz = mp4.indexOf('stsz');
  const count = mp4.readUInt32BE(stsz + 12);
  return mp4.length - mp4.readUInt32BE(stsz + 12 + count * 4);
}

/** Of 64 × 64 px in VP8. Format: https://wiki.multimedia.cx/index.php/Duck_IVF */
const ivfHeader = 'DKIF\0\0\x20\0VP80\x40\0\x40\0\x19\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0';

describe.each(codecs)('$name', ({ codec, missing }) => {
  test.for(orientations)('turns what a camera stored with orientation $exif', async (orientation, { skip }) => {
    skip(codec === undefined, missing);
    const path = join(tempDir(), 'clip.mp4');
    await writeClip({ path, timesMs: [0, 40] }, storedPixels(orientation));
    await writeFile(path, withMatrix(await readFile(path), orientation.matrix));
    const media = await openVideo(path, 1, codec);
    const frames = await readFrames(media);

    expect(media).toMatchObject({ width: 48, height: 32 });
    expect(frames.map(({ width, height }) => [width, height])).toEqual([48, 48].map((width) => [width, 32]));
    expect(frames.map(cornersOf)).toEqual([upright, upright]);
  });

  test('keeps uneven times, and gives them from 0', async ({ skip }) => {
    skip(codec === undefined, missing);
    const path = join(tempDir(), 'clip.mp4');
    const timesMs = [0, 40, 200, 210, 1000];
    await writeClip({ path, timesMs }, storedPixels(asItIs));

    const frames = await readFrames(await openVideo(path, 1, codec));
    expect(frames.map(({ timeMs }) => timeMs)).toEqual(timesMs.map((timeMs) => expect.closeTo(timeMs, 0)));
  });

  test('reads the sample as it was written', async ({ skip }) => {
    skip(codec === undefined, missing);
    const frames = await readFrames(await openVideo(clipPath, 2, codec));

    expect(frames).toHaveLength(75);
    expect(frames.at(-1)).toMatchObject({ index: 74, width: 1280, height: 720, timeMs: expect.closeTo(74 * 40, 3) });
  });

  test('pads odd sides, and writes what it reads again', async ({ skip }) => {
    skip(codec === undefined, missing);
    const path = join(tempDir(), 'clip.mp4');
    await writeClip({ path, codec, timesMs: [0, 40, 80] }, grey(63, 47));
    const frames = await readFrames(await openVideo(path, 1, codec));

    expect(frames.map(({ width, height, timeMs }) => [width, height, Math.round(timeMs)])).toEqual([
      [64, 48, 0],
      [64, 48, 40],
      [64, 48, 80],
    ]);
    expect(frames[2]?.rgba.filter((value) => value !== 255).every((value) => Math.abs(value - 128) < 4)).toBe(true);
  });

  test('writes the colours that it was given', async ({ skip }) => {
    skip(codec === undefined, missing);
    const path = join(tempDir(), 'clip.mp4');
    await writeClip({ path, codec, timesMs: [0, 40] }, storedPixels(asItIs));

    expect((await readFrames(await openVideo(path, 1, codec))).map(cornersOf)).toEqual([upright, upright]);
  });

  test.for([1, 2])('writes a video of %i px square', async (side, { skip }) => {
    skip(codec === undefined, missing);
    const path = join(tempDir(), 'clip.mp4');
    await writeClip({ path, codec, timesMs: [0] }, grey(side, side));

    expect(await readFrames(await openVideo(path, 1, codec))).toMatchObject([{ width: 2, height: 2 }]);
  });

  test.for([0.3, 0.6, 0.95])(
    'gives no short video where one was cut off at %f of its bytes',
    async (part, { skip }) => {
      skip(codec === undefined, missing);
      const whole = await readFile(clipPath);
      const path = join(tempDir(), 'cut.mp4');
      await writeFile(path, whole.subarray(0, whole.length * part));

      await expect(openVideo(path, 1, codec).then(readFrames)).rejects.toMatchObject({ code: 'media_unreadable' });
    },
  );

  test('gives no short video where one was cut off between two frames', async ({ skip }) => {
    skip(codec === undefined, missing);
    const path = join(tempDir(), 'cut.mp4');
    await writeClip({ path, timesMs: [0, 40, 80, 120] }, noise);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, lastSampleAt(whole)));

    await expect(openVideo(path, 1, codec).then(readFrames)).rejects.toMatchObject({ code: 'media_unreadable' });
  });

  test.for([
    ['an empty file', ''],
    ['a video of no frame', ivfHeader],
    ['a video that says it has 65,535 × 65,535 px', ivfHeader.replaceAll('\x40\0', '\xff\xff')],
    ['words', 'these are only words\n'.repeat(100)],
    ['the beginning of an MP4', '\0\0\0\x20ftypisom\0\0\x02\0'],
  ])('refuses %s', async ([, content = ''], { skip }) => {
    skip(codec === undefined, missing);
    const path = join(tempDir(), 'clip.mp4');
    await writeFile(path, content, 'latin1');

    await expect(openVideo(path, 1, codec).then(readFrames)).rejects.toMatchObject({ code: 'media_unreadable' });
  });
});

describe('the codec', () => {
  const none = (reason: string) => () => Promise.reject(new Error(reason));

  test('is the program ffmpeg where node-av is missing', async () => {
    const codec = await findVideoCodec({ libav: none('Cannot find package'), ffmpeg: async () => 'ffmpeg' });
    expect(codec.name).toBe('ffmpeg');
  });

  test('is missed with both reasons, and what to install', async () => {
    const finders = { libav: none('Cannot find package node-av'), ffmpeg: none('spawn ffmpeg ENOENT') };

    await expect(findVideoCodec(finders)).rejects.toMatchObject({
      code: 'codec_missing',
      message: expect.stringMatching(/Cannot find package node-av.*spawn ffmpeg ENOENT/),
      remedy: expect.stringMatching(/npm install node-av.*apt install ffmpeg/),
    });
  });
});
