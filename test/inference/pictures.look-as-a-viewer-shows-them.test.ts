import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { openMedia } from '../../src/inference/media/index.ts';
import { cornersOf, orientations, readFrames, storedPixels, upright } from './corners.ts';
import { tempDir } from './temp-dir.ts';

const plain = (background: string, width = 8, height = 8) =>
  sharp({ create: { width, height, channels: 4, background } }).removeAlpha();

async function fileOf(content: Sharp | Uint8Array, name = 'picture', dir = tempDir()): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, content instanceof Uint8Array ? content : await content.toBuffer());
  return path;
}

/** Size and first pixel of each frame. */
async function look(path: string) {
  const frames = await readFrames(await openMedia(path, 1));
  return frames.map(({ width, height, rgba }) => ({
    width,
    height,
    length: rgba.length,
    pixel: [...rgba.subarray(0, 4)],
  }));
}

const near = (...colour: readonly number[]) => [...colour.map((value) => expect.closeTo(value, -1)), 255];

describe('a picture', () => {
  test.each(orientations)('with EXIF orientation $exif stands upright', async (orientation) => {
    const { width, height, rgba } = storedPixels(orientation);
    const stored = sharp(rgba, { raw: { width, height, channels: 4 } }).withMetadata({ orientation: orientation.exif });
    const media = await openMedia(await fileOf(stored.jpeg({ quality: 100, chromaSubsampling: '4:4:4' })), 1);
    const [frame] = await readFrames(media);

    expect(media).toMatchObject({ width: 48, height: 32, frameCount: 1, notes: [] });
    expect(frame).toMatchObject({ index: 0, timeMs: 0, width: 48, height: 32 });
    expect(frame && cornersOf(frame)).toEqual(upright);
  });

  test.each([
    ['PNG of 16 bits a channel', plain('#b08050').toColourspace('rgb16').png()],
    ['WebP', plain('#b08050').webp({ lossless: true })],
    ['AVIF', plain('#b08050').avif({ quality: 90 })],
    ['PNG with a palette', plain('#b08050').png({ palette: true })],
  ])('that is a %s has the colour that is seen', async (_, picture) => {
    expect(await look(await fileOf(picture))).toEqual([
      { width: 8, height: 8, length: 256, pixel: near(176, 128, 80) },
    ]);
  });

  test.each([
    ['JPEG', plain('#b08050').toColourspace('cmyk').jpeg({ quality: 100 })],
    ['TIFF', plain('#b08050').toColourspace('cmyk').tiff()],
  ])('that is a CMYK %s has about the colour that is printed', async (_, picture) => {
    const [frame] = await look(await fileOf(picture));

    expect(frame?.pixel).toEqual([...[176, 128, 80].map((value) => expect.closeTo(value, -1.5)), 255]);
  });

  test('of 16 grey bits has its upper eight', async () => {
    const raw = { width: 8, height: 8, channels: 1 } as const;
    const grey = sharp(new Uint16Array(64).fill(0xc0_40), { raw }).toColourspace('grey16').png();

    expect((await look(await fileOf(grey)))[0]?.pixel).toEqual(near(192, 192, 192));
  });

  test('that is transparent is seen on white, and its alpha is gone', async () => {
    const half = { r: 255, g: 0, b: 0, alpha: 0.5 };
    const picture = sharp({ create: { width: 8, height: 8, channels: 4, background: half } }).png();

    expect((await look(await fileOf(picture)))[0]?.pixel).toEqual(near(255, 127, 127));
  });

  test('of one pixel is a frame', async () => {
    expect(await look(await fileOf(plain('#ff8000', 1, 1).png()))).toEqual([
      { width: 1, height: 1, length: 4, pixel: [255, 128, 0, 255] },
    ]);
  });

  test('of 8K is a frame', async () => {
    expect(await look(await fileOf(plain('#ff8000', 7680, 4320).jpeg()))).toEqual([
      { width: 7680, height: 4320, length: 7680 * 4320 * 4, pixel: near(255, 128, 0) },
    ]);
  });

  test('of more pixels than are read is refused before it is decoded', async () => {
    const png = await plain('#ff8000', 8, 8).png().toBuffer();
    // Width and height stand behind the length and the name of the first chunk; its checksum is that of the change.
    png.writeUInt32BE(20_000, 16);
    png.writeUInt32BE(20_000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);

    await expect(openMedia(await fileOf(png), 1).then(readFrames)).rejects.toMatchObject({
      code: 'media_unreadable',
      message: expect.stringContaining('pixel limit'),
    });
  });

  test.each(['png', 'jpeg', 'webp'] as const)('that is a %s cut short is an error', async (format) => {
    const noise = sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: '#000000',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    });
    const whole = await noise.toFormat(format).toBuffer();
    const path = await fileOf(whole.subarray(0, whole.length / 2));

    await expect(openMedia(path, 1).then(readFrames)).rejects.toMatchObject({ code: 'media_unreadable' });
  });
});

describe('a folder of pictures', () => {
  test('comes in natural order, each in its own size, and tells what was left out', async () => {
    const dir = tempDir();
    await fileOf(plain('#000000', 10, 5).png(), 'shot10.png', dir);
    await fileOf(plain('#000000', 9, 4).jpeg(), 'shot9.jpg', dir);
    await fileOf(Buffer.from('words'), 'notes.png', dir);
    await fileOf(Buffer.from(''), '.hidden', dir);
    await mkdir(join(dir, 'shot11.png'));
    const media = await openMedia(dir, 1);
    const frames = await readFrames(media);

    expect(media).toMatchObject({ width: 9, height: 4, frameCount: 2, framesPerSecond: 25 });
    expect(media.notes).toEqual([`2 of 4 files of ${dir} are no pictures and were left out: notes.png, shot11.png`]);
    expect(frames.map(({ index, timeMs, width }) => [index, timeMs, width])).toEqual([
      [0, 0, 9],
      [1, 40, 10],
    ]);
  });

  test('that holds none is an error', async () => {
    await expect(openMedia(tempDir(), 1)).rejects.toMatchObject({
      code: 'media_unreadable',
      message: expect.stringContaining('there is nothing'),
    });
  });

  test('is found by a pattern as well, in a folder with brackets in its name', async () => {
    const dir = join(tempDir(), 'a [b]');
    await mkdir(dir);
    await fileOf(plain('#000000').png(), 'x2.png', dir);
    await fileOf(plain('#000000', 9, 9).png(), 'x1.png', dir);
    await fileOf(plain('#000000').png(), 'y.png', dir);

    expect((await look(join(dir, 'x*.png'))).map(({ width }) => width)).toEqual([9, 8]);
    expect(await look(join(dir, '[y].png'))).toHaveLength(1);
    await expect(openMedia(join(dir, 'z*.png'), 1)).rejects.toMatchObject({ code: 'file_not_readable' });
  });
});

/** Of PNG: https://www.w3.org/TR/png-3/#D-CRCAppendix */
function crc32(bytes: Uint8Array): number {
  const eightSteps = (value: number) =>
    [...Array(8)].reduce((crc) => (crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1), value);
  return ~bytes.reduce((crc, byte) => eightSteps((crc ^ byte) & 0xff) ^ (crc >>> 8), -1) >>> 0;
}
