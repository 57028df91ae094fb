import type { Decoder, Demuxer, Scaler } from 'node-av/api';
import type { Stream } from 'node-av/lib';
import { messageOf, SiltstoneError } from '../../errors.ts';
import { type Frame, framePixelsMax, type Media } from './frame.ts';
import { loadLibav } from './libav.ts';

/** An opened decoder with what is closed after it. */
interface Reading {
  readonly path: string;
  readonly demuxer: Demuxer;
  readonly stream: Stream;
  readonly decoder: Decoder;
  readonly scaler: Scaler;
}

/**
 * The first video stream of a file.
 * @throws SiltstoneError `media_unreadable`, also from the frames: where one cannot be decoded, or there is none
 */
export async function openVideo(path: string, threads: number): Promise<Media> {
  const libav = await loadLibav();
  const demuxer = await orUnreadable(path, () => libav.Demuxer.open(path));
  try {
    const stream = demuxer.video();
    if (stream === undefined) throw new Error('it has no video stream');
    const { width, height } = stream.codecpar;
    if (width * height > framePixelsMax) throw new Error(`it has ${width} × ${height} px, too many to read`);
    const decoder = await libav.Decoder.create(stream, { threadCount: threads, exitOnError: true });
    const reading = { path, demuxer, stream, decoder, scaler: new libav.Scaler() };
    const frameCount = Number(stream.nbFrames);
    const frames = readFrames(reading);
    return { width, height, ...(frameCount > 0 ? { frameCount } : {}), frames, close: () => close(reading) };
  } catch (error) {
    await demuxer.close();
    throw unreadable(path, error);
  }
}

async function* readFrames({ path, demuxer, stream, decoder, scaler }: Reading): AsyncGenerator<Frame> {
  const msPerTick = (1000 * stream.timeBase.num) / stream.timeBase.den;
  const { width, height } = stream.codecpar;
  let index = 0;
  let startTicks = 0n;
  try {
    for await (const picture of decoder.frames(demuxer.packets(stream.index))) {
      if (picture === null) continue;
      if (index === 0) startTicks = picture.pts;
      const timeMs = Number(picture.pts - startTicks) * msPerTick;
      const rgba = await scaler.toBuffer(picture, { format: 'rgba', resize: { width, height } });
      picture.free();
      yield { index: index++, width, height, rgba, timeMs };
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  if (index === 0) throw unreadable(path, new Error('no frame could be decoded'));
}

async function close({ demuxer, decoder, scaler }: Reading): Promise<void> {
  decoder.close();
  scaler.close();
  await demuxer.close();
}

async function orUnreadable<T>(path: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): SiltstoneError {
  return new SiltstoneError('media_unreadable', `read the video ${path}: ${messageOf(error)}`, { cause: error });
}
