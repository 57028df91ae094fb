import { startFfmpeg } from './ffmpeg-process.ts';
import type { VideoShape, VideoSink } from './video-codec.ts';

const argsOf = (path: string, { width, height, framesPerSecond, threads }: VideoShape): readonly string[] => [
  ...['-loglevel', 'error', '-f', 'rawvideo', '-pix_fmt', 'rgba', '-video_size', `${width}x${height}`],
  ...['-framerate', String(framesPerSecond), '-i', 'pipe:0', '-vf', 'scale=out_color_matrix=bt709:out_range=tv'],
  ...['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-bf', '0'],
  ...['-g', String(Math.max(1, Math.round(2 * framesPerSecond))), '-threads', String(threads)],
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
  ...['-movflags', '+faststart', '-f', 'mp4', '-y', `file:${path}`],
];

/**
 * Raw frames go to the program without their times, at a constant rate: one that is shown for longer is given again,
 * one that comes before its turn is left out.
 */
export async function writeByFfmpeg(command: string, path: string, shape: VideoShape): Promise<VideoSink> {
  const { child, ended, close } = startFfmpeg(command, argsOf(path, shape), () => false);
  // Nothing comes from there, and unread it would never end.
  child.stdout.resume();
  let last: Uint8Array | undefined;
  let count = 0;
  async function give(rgba: Uint8Array): Promise<void> {
    count++;
    const failed = await new Promise((resolve) => child.stdin.write(rgba, resolve));
    // Its own words say more.
    if (failed) await ended();
  }
  return {
    async add({ rgba, timeMs }) {
      const copy = Uint8Array.from(rgba);
      const place = Math.round((timeMs * shape.framesPerSecond) / 1000);
      while (last !== undefined && count < place) await give(last);
      last = copy;
      if (count <= place) await give(copy);
    },
    async finish() {
      child.stdin.end();
      await ended();
    },
    close,
  };
}
