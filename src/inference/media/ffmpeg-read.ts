import { type FfmpegProcess, startFfmpeg } from './ffmpeg-process.ts';
import type { Frame, Media, Pixels } from './frame.ts';
import { readPams } from './pam.ts';

/** Frames turned upright by ffmpeg itself, each with its size in front; their times come as lines of a filter. */
const argsOf = (path: string, threads: number): readonly string[] => [
  ...['-loglevel', 'repeat+level+info', '-xerror', '-err_detect', 'explode', '-threads', String(threads)],
  ...['-i', `file:${path}`, '-map', '0:v:0', '-fps_mode', 'passthrough', '-vf', 'showinfo=checksum=0'],
  ...['-f', 'image2pipe', '-c:v', 'pam', '-pix_fmt', 'rgba', 'pipe:1'],
];

export async function readByFfmpeg(command: string, path: string, threads: number): Promise<Media> {
  const times = makeTimes();
  let framesPerSecond: number | undefined;
  const ffmpeg = startFfmpeg(command, argsOf(path, threads), (line) => {
    framesPerSecond ??= rateOf(line);
    return times.take(line) || /^\[(\w+ @ \w+\] \[)?(info|verbose)\]/.test(line);
  });
  const pictures = readPams(ffmpeg.child.stdout);
  try {
    const first = await pictures.next();
    if (first.done) {
      await ffmpeg.ended();
      throw new Error('no frame could be decoded');
    }
    const { width, height } = first.value;
    const frames = readFrames({ first: first.value, pictures, times, ffmpeg });
    return { width, height, ...(framesPerSecond && { framesPerSecond }), notes: [], frames, close: ffmpeg.close };
  } catch (error) {
    await ffmpeg.close();
    throw error;
  }
}

interface Reading {
  readonly first: Pixels;
  readonly pictures: AsyncGenerator<Pixels>;
  readonly times: Times;
  readonly ffmpeg: FfmpegProcess;
}

async function* readFrames({ first, pictures, times, ffmpeg }: Reading): AsyncGenerator<Frame> {
  let index = 0;
  const startMs = await times.next();
  yield { index: index++, timeMs: 0, ...first };
  for await (const picture of pictures) yield { index: index++, timeMs: (await times.next()) - startMs, ...picture };
  await ffmpeg.ended();
}

/** `Stream #0:0…: Video: h264 …, 25 fps, …` */
function rateOf(line: string): number | undefined {
  const rate = /Stream #0.*Video:.* ([\d.]+) fps/.exec(line)?.[1];
  return rate === undefined ? undefined : Number(rate);
}

interface Times {
  /** Whether the line was the one of a frame, or of what a frame carries. */
  take(line: string): boolean;
  /** Time of the next frame in ms. It is said before the frame is given, but on another pipe. */
  next(): Promise<number>;
}

function makeTimes(): Times {
  const known: number[] = [];
  const waiting: ((timeMs: number) => void)[] = [];
  return {
    take(line) {
      const time = /Parsed_showinfo.* n: *\d+ .*pts_time:([\d.e+-]+)/.exec(line)?.[1];
      if (time === undefined) return line.includes('Parsed_showinfo');
      const next = waiting.shift();
      if (next) next(Number(time) * 1000);
      else known.push(Number(time) * 1000);
      return true;
    },
    async next() {
      const time = known.shift();
      return time ?? new Promise((resolve) => waiting.push(resolve));
    },
  };
}
