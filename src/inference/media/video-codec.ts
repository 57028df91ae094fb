import { messageOf, SiltstoneError } from '../../errors.ts';
import { findFfmpeg } from './ffmpeg.ts';
import { makeFfmpegCodec } from './ffmpeg-codec.ts';
import type { Media, Pixels } from './frame.ts';
import { loadLibav } from './libav.ts';
import { makeLibavCodec } from './libav-codec.ts';

export interface VideoShape {
  /** Both even. */
  readonly width: number;
  readonly height: number;
  /** What a player may expect; the frames' own times are kept where the codec can. */
  readonly framesPerSecond: number;
  readonly threads: number;
}

export interface TimedPixels extends Pixels {
  readonly timeMs: number;
}

/** A video on its way. */
export interface VideoSink {
  /** Takes the pixels before it returns; they may be overwritten while its promise is still open. One call at a time. */
  add(frame: TimedPixels): Promise<void>;
  /** Ends the file. */
  finish(): Promise<void>;
  /** Gives up what is not finished. Idempotent. */
  close(): Promise<void>;
}

/** What decodes and encodes videos. All of it throws plain errors. */
export interface VideoCodec {
  readonly name: 'node-av' | 'ffmpeg';
  /** The first video stream of a file. A file that yields no frame is an error, thrown at the latest by its frames. */
  read(path: string, threads: number): Promise<Media>;
  /** H.264 in MP4, yuv420p: what browsers play. */
  write(path: string, shape: VideoShape): Promise<VideoSink>;
}

interface Finders {
  readonly libav: typeof loadLibav;
  readonly ffmpeg: typeof findFfmpeg;
}

/**
 * The optional package node-av; where it is missing, the program ffmpeg.
 * @param finders passed in by the tests that do without one
 * @throws SiltstoneError `codec_missing`
 */
export async function findVideoCodec(finders: Finders = { libav: loadLibav, ffmpeg: findFfmpeg }): Promise<VideoCodec> {
  const reasons: string[] = [];
  try {
    return makeLibavCodec(await finders.libav());
  } catch (error) {
    reasons.push(`node-av cannot be loaded: ${messageOf(error)}`);
  }
  try {
    return makeFfmpegCodec(await finders.ffmpeg());
  } catch (error) {
    reasons.push(`ffmpeg cannot be run: ${messageOf(error)}`);
  }
  throw new SiltstoneError('codec_missing', `find what decodes and encodes videos: ${reasons.join('; ')}`);
}
