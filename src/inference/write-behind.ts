import { Worker } from 'node:worker_threads';
import type { TimedPixels } from './media/index.ts';
import { closeThread } from './read-ahead.ts';
import { fromPlain, type WriteMessage, type WriteOrder, type WriteRequest } from './thread-messages.ts';

/** An MP4 on its way, encoded in a thread of its own while the next frame is made. */
export interface VideoBehind {
  /**
   * The pixels are taken before it returns and may be overwritten while its promise is still open.
   * @returns what encoding took, ms
   */
  add(frame: TimedPixels): Promise<number>;
  /** Puts the whole file in its place. */
  finish(): Promise<void>;
  /** Without `finish`, no file is left. Idempotent. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (encodeMs: number) => void;
  readonly reject: (error: Error) => void;
}

const threadUrl = new URL('../../dist/inference/write-thread.js', import.meta.url);

/** @throws what `openVideoFile` throws, also from what is given */
export async function openVideoBehind(request: WriteRequest): Promise<VideoBehind> {
  const worker = new Worker(threadUrl, { workerData: request });
  const waiting: Waiting[] = [];
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    for (const one of waiting.splice(0)) one.reject(failure);
  };
  worker.on('message', (message: WriteMessage) => {
    if (message.type === 'failed') fail(fromPlain(message.error));
    else waiting.shift()?.resolve(message.encodeMs);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that writes the video has ended')));
  const answered = (tell: () => void): Promise<number> => {
    if (failure !== undefined) return Promise.reject(failure);
    tell();
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const order = (one: WriteOrder) => worker.postMessage(one);
  const close = () => closeThread(worker, () => order({ type: 'close' }));
  try {
    await answered(() => {});
  } catch (error) {
    await close();
    throw error;
  }
  return {
    add: (frame) => answered(() => order({ type: 'add', frame })),
    finish: async () => {
      await answered(() => order({ type: 'finish' }));
    },
    close,
  };
}
