/** Started by write-behind.ts as a thread: encodes a video, order after order. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { openVideoFile, type VideoFile } from './media/index.ts';
import { toPlain, type WriteMessage, type WriteOrder, type WriteRequest } from './thread-messages.ts';

const orders: WriteOrder[] = [];

parentPort?.on('message', (order: WriteOrder) => {
  orders.push(order);
});

let video: VideoFile | undefined;
try {
  await answer(async () => {
    video = await openVideoFile(workerData as WriteRequest);
  });
  if (video !== undefined) await follow(video);
} finally {
  await video?.close();
  parentPort?.close();
}

async function follow(video: VideoFile): Promise<void> {
  while (true) {
    const order = orders.shift();
    if (order === undefined) await once(parentPort as NonNullable<typeof parentPort>, 'message');
    else if (order.type === 'close') return;
    else await answer(() => (order.type === 'add' ? video.add(order.frame) : video.finish()));
  }
}

async function answer(work: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  try {
    await work();
    say({ type: 'done', encodeMs: performance.now() - startedAt });
  } catch (error) {
    say({ type: 'failed', error: toPlain(error) });
  }
}

function say(message: WriteMessage): void {
  parentPort?.postMessage(message);
}
