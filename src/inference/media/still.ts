import { extname } from 'node:path';
import sharp from 'sharp';
import { messageOf, SiltstoneError } from '../../errors.ts';
import type { Pixels } from './frame.ts';
import { openWholeFile, type WholeFile } from './whole-file.ts';

/** A picture that is yet to be taken. */
export interface StillFile {
  /**
   * Writes it, and puts it in its place.
   * @throws SiltstoneError `file_not_writable`
   */
  save(pixels: Pixels): Promise<void>;
  /** Where nothing was saved, no file is left. Idempotent. */
  close(): Promise<void>;
}

const jpegQuality = 90;
/** A fifth of the time of sharp's default, for a tenth more bytes. */
const pngLevel = 2;

/**
 * A JPEG where its name ends so, else a PNG. Begun before it is needed, so that a job fails at once where it cannot be
 * written.
 * @throws SiltstoneError `file_not_writable`
 */
export async function openStillFile(path: string, jobId: string): Promise<StillFile> {
  const file = await openWholeFile(path, jobId);
  return { save: (pixels) => save(path, file, pixels), close: file.close };
}

async function save(path: string, file: WholeFile, { width, height, rgba }: Pixels): Promise<void> {
  const picture = sharp(rgba, { raw: { width, height, channels: 4 }, limitInputPixels: false }).removeAlpha();
  const encoded = isJpeg(path) ? picture.jpeg({ quality: jpegQuality }) : picture.png({ compressionLevel: pngLevel });
  try {
    await encoded.toFile(file.partPath);
  } catch (error) {
    throw new SiltstoneError('file_not_writable', `write the picture ${path}: ${messageOf(error)}`, { cause: error });
  }
  await file.publish();
}

const isJpeg = (path: string): boolean => /^\.jpe?g$/i.test(extname(path));
