import { messageOf, SiltstoneError } from '../../errors.ts';
import { isCutOff } from './cut-off.ts';
import type { Frame, Media } from './frame.ts';
import { findVideoCodec, type VideoCodec } from './video-codec.ts';

/**
 * The first video stream of a file.
 * @throws SiltstoneError `codec_missing`, or `media_unreadable`, also from the frames: where one cannot be decoded, or
 * there is none
 */
export async function openVideo(path: string, threads: number, codec?: VideoCodec): Promise<Media> {
  const { read } = codec ?? (await findVideoCodec());
  try {
    const media = await read(path, threads);
    return { ...media, frames: orUnreadable(path, media.frames) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* orUnreadable(path: string, frames: AsyncIterable<Frame>): AsyncGenerator<Frame> {
  try {
    yield* frames;
    if (await isCutOff(path)) throw new Error('it was cut off: what it says it holds goes on behind its end');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): SiltstoneError {
  return new SiltstoneError('media_unreadable', `read the video ${path}: ${messageOf(error)}`, { cause: error });
}
