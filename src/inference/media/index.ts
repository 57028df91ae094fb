import type { Media } from './frame.ts';
import { resolveInput } from './input.ts';
import { openPictures } from './pictures.ts';
import { openVideo } from './video.ts';

export type { Frame, Media, Pixels } from './frame.ts';
export { openStillFile, type StillFile } from './still.ts';
export type { TimedPixels } from './video-codec.ts';
export { openVideoFile, type VideoFile, type VideoFileOptions } from './write-video.ts';

/**
 * Opens a picture, a video, a folder of pictures or a pattern of them.
 * @param threads threads of the decoder
 * @throws SiltstoneError `file_not_readable`, `media_unreadable`, `codec_missing`
 */
export async function openMedia(path: string, threads: number): Promise<Media> {
  const input = await resolveInput(path);
  return input.kind === 'video'
    ? await openVideo(input.path, threads)
    : await openPictures(input.paths, input.notes, threads);
}
