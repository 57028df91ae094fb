/** Started by draw-behind.ts as a thread: draws what was found over its frames, and saves what is asked for. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { elapsedMs, epochMs } from './clock.ts';
import { makeFrameRate } from './frame-rate.ts';
import { openStillFile, openVideoFile, type Pixels, type StillFile, type VideoFile } from './media/index.ts';
import { makeOverlay, type Overlay } from './overlay/draw.ts';
import {
  type DrawMessage,
  type DrawOrder,
  type DrawRequest,
  type FoundInFrame,
  type SavedFiles,
  toPlain,
} from './thread-messages.ts';

interface Drawing {
  readonly overlay: Overlay;
  readonly request: DrawRequest;
  readonly video: VideoFile | undefined;
  readonly still: StillFile | undefined;
  readonly frameRate: (nowMs: number) => number;
  files: SavedFiles;
  /** Valid until the next frame is drawn. */
  last: Pixels | undefined;
}

const orders: DrawOrder[] = [];

parentPort?.on('message', (order: DrawOrder) => {
  orders.push(order);
});

const opened: { close(): Promise<void> }[] = [];
let drawing: Drawing | undefined;
try {
  await answer(async () => {
    drawing = await open(workerData as DrawRequest);
    return { type: 'opened' };
  });
  if (drawing !== undefined) await follow(drawing);
} finally {
  for (const one of opened.reverse()) await one.close();
  parentPort?.close();
}

async function open(request: DrawRequest): Promise<Drawing> {
  const overlay = makeOverlay();
  const video = request.video && (await openVideoFile(request.video));
  if (video) opened.push(video);
  const still = request.still && (await openStillFile(request.still.path, request.still.jobId));
  if (still) opened.push(still);
  return { overlay, request, video, still, frameRate: makeFrameRate(performance.now()), files: {}, last: undefined };
}

async function follow(drawn: Drawing): Promise<void> {
  while (true) {
    const order = orders.shift();
    if (order === undefined) await once(parentPort as NonNullable<typeof parentPort>, 'message');
    else if (order.type === 'close') return;
    else await answer(() => (order.type === 'draw' ? draw(drawn, order.found) : finish(drawn)));
  }
}

async function draw(drawing: Drawing, { frame, detections }: FoundInFrame): Promise<DrawMessage> {
  const startedAtMs = epochMs();
  const startedAt = performance.now();
  const pixels = drawing.overlay.draw(frame, detections);
  const drawnAt = performance.now();
  drawing.last = pixels;
  const { video, request, frameRate } = drawing;
  await video?.add({ ...pixels, timeMs: frame.timeMs });
  const encoded = video && { encodeMs: elapsedMs(drawnAt) };
  if (frame.index === request.still?.frame) await saveStill(drawing, pixels);
  const framesPerSecond = frameRate(drawnAt);
  const { files } = drawing;
  return { type: 'drawn', startedAtMs, renderMs: drawnAt - startedAt, ...encoded, framesPerSecond, files };
}

async function finish(drawing: Drawing): Promise<DrawMessage> {
  const { files, last, video, request } = drawing;
  // The input may have ended before the frame that was asked for.
  if (files.stillPath === undefined && last !== undefined) await saveStill(drawing, last);
  await video?.finish();
  return { type: 'finished', files: { ...drawing.files, ...(request.video && { videoPath: request.video.path }) } };
}

async function saveStill(drawing: Drawing, pixels: Pixels): Promise<void> {
  const { still, request } = drawing;
  await still?.save(pixels);
  if (request.still) drawing.files = { stillPath: request.still.path };
}

async function answer(work: () => Promise<DrawMessage>): Promise<void> {
  try {
    say(await work());
  } catch (error) {
    say({ type: 'failed', error: toPlain(error) });
  }
}

function say(message: DrawMessage): void {
  parentPort?.postMessage(message);
}
