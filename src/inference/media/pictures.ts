import { stat } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { messageOf, SiltstoneError } from '../../errors.ts';
import { type Frame, framePixelsMax, type Media, type Pixels } from './frame.ts';

/** Pictures have no time of their own: in a row they are shown as a film. */
const framesPerSecond = 25;

/** A larger file is refused: no picture within `framePixelsMax` needs as much. */
const fileBytesMax = 2 ** 31;

/** What shines through where a picture is transparent. */
const background = '#ffffff';

/**
 * Pictures as frames, each upright and in its own size, read when its turn comes.
 * @param paths at least one
 * @throws SiltstoneError `media_unreadable`, also from the frames
 */
export async function openPictures(
  paths: readonly string[],
  notes: readonly string[],
  threads: number,
): Promise<Media> {
  sharp.concurrency(threads);
  // Each picture is read once.
  sharp.cache(false);
  const [first = ''] = paths;
  const { width, height } = await orUnreadable(first, sizeOf);
  return {
    width,
    height,
    frameCount: paths.length,
    framesPerSecond,
    notes,
    frames: framesOf(paths),
    close: async () => {},
  };
}

async function* framesOf(paths: readonly string[]): AsyncGenerator<Frame> {
  for (const [index, path] of paths.entries()) {
    yield { index, timeMs: (index * 1000) / framesPerSecond, ...(await orUnreadable(path, pixelsOf)) };
  }
}

async function sizeOf(path: string): Promise<{ readonly width: number; readonly height: number }> {
  return (await open(path)).metadata().then(({ autoOrient }) => autoOrient);
}

/**
 * Turned by its EXIF orientation; 16 bits a channel, CMYK, grey and colours of an embedded profile become sRGB of 8
 * bits; what is transparent becomes white.
 */
async function pixelsOf(path: string): Promise<Pixels> {
  const picture = (await open(path)).autoOrient().flatten({ background }).toColourspace('srgb').ensureAlpha();
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels !== 4) throw new Error(`it has ${info.channels} channels`);
  return { width: info.width, height: info.height, rgba: data };
}

async function open(path: string): Promise<Sharp> {
  const { size } = await stat(path);
  if (size > fileBytesMax) throw new Error(`it has ${size} bytes, too many to read`);
  return sharp(path, { limitInputPixels: framePixelsMax, failOn: 'warning', sequentialRead: true });
}

async function orUnreadable<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  try {
    return await read(path);
  } catch (error) {
    throw new SiltstoneError('media_unreadable', `decode the picture ${path}: ${messageOf(error)}`, { cause: error });
  }
}
