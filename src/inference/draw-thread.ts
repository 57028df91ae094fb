/** Started by draw-behind.ts as a thread: draws what was found over its frames, and saves what is asked for. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { elapsedMs, epochMs } from './clock.ts';
import { makeFrameRate } from './frame-rate.ts';
import { openStillFile, openVideoFile, type Pixels, type StillFile, type VideoFile } from './media/index.ts';
import { makeOverlay, type Overlay } from './overlay/draw.ts';
import { makePace } from './overlay/pace.ts';
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
  readonly pace: ReturnType<typeof makePace>;
  readonly frameRate: (nowMs: number) => number;
  framesPerSecond: number;
  files: SavedFiles;
  /** Valid until the next frame is drawn. */
  last: Pixels | undefined;
  /** Where the last frame was not drawn. */
  undrawn: FoundInFrame | undefined;
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
  const overlay = makeOverlay(request.overlay);
  const pace = makePace(request.pace);
  const video = request.video && (await openVideoFile(request.video));
  if (video) opened.push(video);
  const still = request.still && (await openStillFile(request.still.path, request.still.jobId));
  if (still) opened.push(still);
  const frameRate = makeFrameRate(performance.now());
  const nothingYet = { framesPerSecond: 0, files: {}, last: undefined, undrawn: undefined };
  return { overlay, request, video, still, pace, frameRate, ...nothingYet };
}

async function follow(drawn: Drawing): Promise<void> {
  while (true) {
    const order = orders.shift();
    if (order === undefined) await once(parentPort as NonNullable<typeof parentPort>, 'message');
    else if (order.type === 'close') return;
    else await answer(() => (order.type === 'draw' ? draw(drawn, order.found) : finish(drawn)));
  }
}

async function draw(drawing: Drawing, found: FoundInFrame): Promise<DrawMessage> {
  const { frame, detections, pitch } = found;
  const startedAtMs = epochMs();
  const startedAt = performance.now();
  const { video, request, overlay } = drawing;
  const isStill = frame.index === request.still?.frame;
  const paced = drawing.pace({ timeMs: frame.timeMs, nowMs: startedAt, isWanted: isStill });
  if (paced.outcome !== 'drawn') {
    overlay.pass(frame, detections);
    drawing.undrawn = found;
    const { framesPerSecond, files } = drawing;
    return { type: 'drawn', paced, startedAtMs, renderMs: 0, framesPerSecond, files };
  }
  const pixels = overlay.draw(frame, detections, pitch);
  const drawnAt = performance.now();
  Object.assign(drawing, { last: pixels, undrawn: undefined, framesPerSecond: drawing.frameRate(drawnAt) });
  await video?.add({ ...pixels, timeMs: frame.timeMs });
  const encoded = video && { encodeMs: elapsedMs(drawnAt) };
  if (isStill) await saveStill(drawing, pixels);
  const { framesPerSecond, files } = drawing;
  return { type: 'drawn', paced, startedAtMs, renderMs: drawnAt - startedAt, ...encoded, framesPerSecond, files };
}

async function finish(drawing: Drawing): Promise<DrawMessage> {
  const { video, request } = drawing;
  await saveLastStill(drawing);
  await video?.finish();
  return { type: 'finished', files: { ...drawing.files, ...(request.video && { videoPath: request.video.path }) } };
}

/** The input may have ended before the frame that was asked for: then of its last one, drawn now if it was not. */
async function saveLastStill(drawing: Drawing): Promise<void> {
  const { files, still, undrawn, overlay } = drawing;
  if (still === undefined || files.stillPath !== undefined) return;
  const pixels = undrawn ? overlay.draw(undrawn.frame, undrawn.detections, undrawn.pitch) : drawing.last;
  if (pixels !== undefined) await saveStill(drawing, pixels);
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
