import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Frame, Media } from './media/index.ts';
import { fromPlain, type ReadMessage, type ReadOrder, type ReadRequest } from './thread-messages.ts';
import { untilAborted } from './until-aborted.ts';

/** A frame, and what it took. Times in ms. */
export interface ReadFrame extends Frame {
  /** When its decoding began, since 1970. */
  readonly startedAtMs: number;
  readonly decodeMs: number;
  /** How long the one that asked for it had to wait. */
  readonly waitMs: number;
}

export interface ReadMedia extends Omit<Media, 'frames'> {
  readonly frames: AsyncIterable<ReadFrame>;
}

interface ReadAheadOptions extends ReadRequest {
  /** Frames that are decoded and wait, at most. */
  readonly framesAhead: number;
  readonly signal: AbortSignal;
}

const threadUrl = new URL('../../dist/inference/read-thread.js', import.meta.url);
/** Large frames wait in smaller numbers, but for one. */
const aheadBytesMax = 256 * 1024 * 1024;
const closeWaitMs = 2_000;

/**
 * Opens an input in a thread of its own, which decodes the next frames while the model runs: that blocks this thread, so
 * that nothing that needs it between two steps would go on.
 * @throws what `openMedia` throws, also from the frames; they throw the reason of the signal too
 */
export async function openMediaAhead({ path, threads, framesAhead, signal }: ReadAheadOptions): Promise<ReadMedia> {
  const data: ReadRequest = { path, threads };
  const worker = new Worker(threadUrl, { workerData: data });
  const queue = queueOf(worker);
  const order = (one: ReadOrder) => worker.postMessage(one);
  const close = () => closeThread(worker, () => order({ type: 'close' }));
  try {
    const opened = await untilAborted(queue.next(), signal);
    if (opened.type !== 'opened') throw new Error(`the thread that reads ${path} said ${opened.type} first`);
    const { width, height } = opened.media;
    const fitting = Math.max(1, Math.floor(aheadBytesMax / (width * height * 4)));
    order({ type: 'more', count: Math.min(framesAhead, fitting) });
    const more = () => order({ type: 'more', count: 1 });
    return { ...opened.media, frames: readFrames(queue.next, more, signal), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* readFrames(
  next: () => Promise<ReadMessage>,
  more: () => void,
  signal: AbortSignal,
): AsyncGenerator<ReadFrame> {
  while (true) {
    const startedAt = performance.now();
    const message = await untilAborted(next(), signal);
    if (message.type !== 'frame') return;
    more();
    const { frame, startedAtMs, decodeMs } = message;
    yield { ...frame, startedAtMs, decodeMs, waitMs: performance.now() - startedAt };
  }
}

/** The messages of a thread in their order. What it fails by, or that it ends, is thrown in its turn. */
function queueOf(worker: Worker): { next(): Promise<ReadMessage> } {
  const waiting: (() => ReadMessage)[] = [];
  let wake = (): void => {};
  const add = (take: () => ReadMessage) => {
    waiting.push(take);
    wake();
  };
  const fail = (error: Error) =>
    add(() => {
      throw error;
    });
  worker.on('message', (message: ReadMessage) =>
    message.type === 'failed' ? fail(fromPlain(message.error)) : add(() => message),
  );
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that reads the input has ended')));
  return {
    async next() {
      while (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return (waiting.shift() as () => ReadMessage)();
    },
  };
}

/**
 * Lets a thread end by itself. One that does not in time is left to the end of the process: ended by force in the middle
 * of a native call, it would take the process with it.
 */
export async function closeThread(worker: Worker, tell: () => void): Promise<void> {
  if (worker.threadId === -1) return;
  const ended = once(worker, 'exit', { signal: AbortSignal.timeout(closeWaitMs) });
  tell();
  await ended.catch(() => undefined);
  worker.unref();
}
