import { readByFfmpeg } from './ffmpeg-read.ts';
import { writeByFfmpeg } from './ffmpeg-write.ts';
import type { VideoCodec } from './video-codec.ts';

/** @param command of a program that `findFfmpeg` found good */
export const makeFfmpegCodec = (command: string): VideoCodec => ({
  name: 'ffmpeg',
  read: (path, threads) => readByFfmpeg(command, path, threads),
  write: (path, shape) => writeByFfmpeg(command, path, shape),
});
