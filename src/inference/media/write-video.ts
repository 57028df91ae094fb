import { messageOf, SiltstoneError } from '../../errors.ts';
import { makeFitter, type Size } from '../letterbox.ts';
import type { Pixels } from './frame.ts';
import { findVideoCodec, type TimedPixels, type VideoCodec } from './video-codec.ts';
import { openWholeFile, type WholeFile } from './whole-file.ts';

export interface VideoFileOptions extends Size {
  readonly path: string;
  readonly jobId: string;
  /** As the input says; 25 where it does not. */
  readonly framesPerSecond?: number;
  readonly threads: number;
}

/** An MP4 on its way: H.264, yuv420p. */
export interface VideoFile {
  /**
   * One call at a time. The pixels are taken before it returns and may be overwritten while its promise is still open.
   * A frame of another size than the video is fitted into it.
   */
  add(frame: TimedPixels): Promise<void>;
  /** Puts the whole file in its place. */
  finish(): Promise<void>;
  /** Without `finish`, no file is left. Idempotent. */
  close(): Promise<void>;
}

const usualFramesPerSecond = 25;

/**
 * Begins a video. Where a side is odd, its last row or column is there twice: yuv420p has one colour for 2 × 2 pixels.
 * @throws SiltstoneError `codec_missing`, `file_not_writable`, the latter also from what is given
 */
export async function openVideoFile(options: VideoFileOptions, codec?: VideoCodec): Promise<VideoFile> {
  const { path, jobId, width, height, threads, framesPerSecond = usualFramesPerSecond } = options;
  const { write } = codec ?? (await findVideoCodec());
  const file = await openWholeFile(path, jobId);
  try {
    const shape = { width: even(width), height: even(height), framesPerSecond, threads };
    const sink = await orNotWritten(path, () => write(file.partPath, shape));
    return {
      add: (frame) => orNotWritten(path, () => sink.add({ ...toShape(frame, options), timeMs: frame.timeMs })),
      async finish() {
        await orNotWritten(path, sink.finish);
        await file.publish();
      },
      close: () => closeAll(sink, file),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function closeAll(sink: { close(): Promise<void> }, file: WholeFile): Promise<void> {
  try {
    await sink.close();
  } finally {
    await file.close();
  }
}

const even = (side: number): number => side + (side % 2);

function toShape(frame: Pixels, { width, height }: Size): Pixels {
  const isSame = frame.width === width && frame.height === height;
  const rgba = isSame ? frame.rgba : makeFitter(frame, { width, height })(frame.rgba);
  return toEvenSides({ width, height, rgba });
}

/** The picture with its last column and its last row doubled where their number is odd. */
function toEvenSides(pixels: Pixels): Pixels {
  const { width, height, rgba } = pixels;
  const size = { width: even(width), height: even(height) };
  if (size.width === width && size.height === height) return pixels;
  const padded = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) {
    const from = Math.min(y, height - 1) * width * 4;
    const to = y * size.width * 4;
    padded.set(rgba.subarray(from, from + width * 4), to);
    if (size.width > width) padded.copyWithin(to + width * 4, to + (width - 1) * 4, to + width * 4);
  }
  return { ...size, rgba: padded };
}

async function orNotWritten<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw new SiltstoneError('file_not_writable', `write the video ${path}: ${messageOf(error)}`, { cause: error });
  }
}
