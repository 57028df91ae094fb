import { findFfmpeg } from '../../src/inference/media/ffmpeg.ts';
import { makeFfmpegCodec } from '../../src/inference/media/ffmpeg-codec.ts';
import type { Pixels } from '../../src/inference/media/index.ts';
import { loadLibav } from '../../src/inference/media/libav.ts';
import { makeLibavCodec } from '../../src/inference/media/libav-codec.ts';
import type { VideoCodec } from '../../src/inference/media/video-codec.ts';
import { openVideoFile } from '../../src/inference/media/write-video.ts';

const nodeAv = await loadLibav().then(makeLibavCodec, () => undefined);
const ffmpeg = await findFfmpeg().then(makeFfmpegCodec, () => undefined);

/** Both ways to videos, with why a test of one is skipped. */
export const codecs = [
  { name: 'node-av', codec: nodeAv, missing: 'node-av is not installed' },
  { name: 'ffmpeg', codec: ffmpeg, missing: 'ffmpeg is not installed' },
] as const satisfies readonly { readonly codec: VideoCodec | undefined; readonly [key: string]: unknown }[];

interface Clip {
  readonly path: string;
  readonly codec?: VideoCodec | undefined;
  /** One for each frame. */
  readonly timesMs: readonly number[];
  readonly framesPerSecond?: number;
}

/** Writes a video whose frames all show the same picture. */
export async function writeClip({ path, codec, timesMs, ...rate }: Clip, pixels: Pixels): Promise<void> {
  const { width, height } = pixels;
  const file = await openVideoFile({ path, jobId: 'job', width, height, threads: 1, ...rate }, codec);
  for (const timeMs of timesMs) await file.add({ ...pixels, timeMs });
  await file.finish();
  await file.close();
}
