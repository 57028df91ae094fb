/** Started by read-ahead.ts as a thread: decodes an input, as many frames as it is asked for. */
import { parentPort, workerData } from 'node:worker_threads';
import { epochMs } from './clock.ts';
import { type Media, openMedia } from './media/index.ts';
import { memoryOf, type ReadMessage, type ReadOrder, type ReadRequest, toPlain } from './thread-messages.ts';

let wanted = 0;
let isClosed = false;
let wake = (): void => {};

parentPort?.on('message', (order: ReadOrder) => {
  if (order.type === 'close') isClosed = true;
  else wanted += order.count;
  wake();
});

try {
  await main(workerData as ReadRequest);
} catch (error) {
  say({ type: 'failed', error: toPlain(error) });
} finally {
  parentPort?.close();
}

async function main({ path, threads }: ReadRequest): Promise<void> {
  const media = await openMedia(path, threads);
  try {
    const { frames, close, ...facts } = media;
    say({ type: 'opened', media: facts });
    await sendFrames(media);
  } finally {
    await media.close();
  }
}

async function sendFrames({ frames }: Media): Promise<void> {
  const iterator = frames[Symbol.asyncIterator]();
  while (await isWanted()) {
    const startedAtMs = epochMs();
    const startedAt = performance.now();
    const { done, value } = await iterator.next();
    if (done) return say({ type: 'end' });
    const decodeMs = performance.now() - startedAt;
    say({ type: 'frame', frame: value, startedAtMs, decodeMs }, memoryOf(value.rgba));
  }
}

/** Resolves when one more frame is wanted, or none ever will be. */
async function isWanted(): Promise<boolean> {
  while (wanted === 0 && !isClosed) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  wanted--;
  return !isClosed;
}

function say(message: ReadMessage, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred);
}
