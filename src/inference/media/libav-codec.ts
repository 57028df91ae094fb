import type { Libav } from './libav.ts';
import { readByLibav } from './libav-read.ts';
import { writeByLibav } from './libav-write.ts';
import type { VideoCodec } from './video-codec.ts';

export const makeLibavCodec = (libav: Libav): VideoCodec => ({
  name: 'node-av',
  read: (path, threads) => readByLibav(libav, path, threads),
  write: (path, shape) => writeByLibav(libav, path, shape),
});
