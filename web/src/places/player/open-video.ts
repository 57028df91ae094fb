import { call } from '../../api/client.ts';
import { readFrameTimes } from './frame-times.ts';
import { clockOf, evenClock, type VideoClock } from './video-clock.ts';

/** Frames per second where nothing tells: what most cameras of matches have. */
const usualFps = 25;

/** The frames of the video: from its own table where it has one, else evenly from what the job counted. */
export async function openClock(url: string, seconds: number, framesTotal: number | null): Promise<VideoClock> {
  const times = await readFrameTimes((offset, length) => readRange(url, offset, length)).catch(() => undefined);
  if (times !== undefined && times.length > 0) return clockOf(times);
  const fps = framesTotal !== null && framesTotal > 1 && seconds > 0 ? framesTotal / seconds : usualFps;
  return evenClock(fps, seconds);
}

async function readRange(url: string, offset: number, length: number): Promise<DataView> {
  const answer = await call(url, { headers: { range: `bytes=${offset}-${offset + length - 1}` } });
  if (!answer.ok) return new DataView(new ArrayBuffer(0));
  // A server that knows no ranges would send all of it.
  if (answer.value.status !== 206) {
    await answer.value.body?.cancel();
    throw new Error('the server gives no parts of the video');
  }
  return new DataView(await answer.value.arrayBuffer());
}
