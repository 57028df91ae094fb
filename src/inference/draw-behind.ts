import { Worker } from 'node:worker_threads';
import { closeThread } from './read-ahead.ts';
import {
  type DrawMessage,
  type DrawOrder,
  type DrawRequest,
  type FoundInFrame,
  fromPlain,
  memoryOf,
  type SavedFiles,
} from './thread-messages.ts';

export type Drawn = Extract<DrawMessage, { readonly type: 'drawn' }>;
type Finished = Extract<DrawMessage, { readonly type: 'finished' }>;

/** Overlays, and the still and the video of them, made in a thread of their own while the next frame is in the model. */
export interface DrawBehind {
  /** Frame after frame, in their order. */
  draw(found: FoundInFrame): Promise<Drawn>;
  /** Puts the whole files in their places. */
  finish(): Promise<SavedFiles>;
  /** Without `finish`, no file is left. Idempotent. */
  close(): Promise<void>;
}

interface DrawOptions extends DrawRequest {
  /** Hands each frame's pixels over: nobody else may look at them any more. Otherwise they are copied. */
  readonly takesPixels: boolean;
}

interface Waiting {
  readonly resolve: (message: DrawMessage) => void;
  readonly reject: (error: Error) => void;
}

const threadUrl = new URL('../../dist/inference/draw-thread.js', import.meta.url);

/** @throws SiltstoneError `codec_missing`, `file_not_writable`, the latter also from what is given; `job_failed` */
export async function openDrawBehind({ takesPixels, ...request }: DrawOptions): Promise<DrawBehind> {
  const worker = new Worker(threadUrl, { workerData: request satisfies DrawRequest });
  const waiting: Waiting[] = [];
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    for (const one of waiting.splice(0)) one.reject(failure);
  };
  worker.on('message', (message: DrawMessage) => {
    if (message.type === 'failed') fail(fromPlain(message.error));
    else waiting.shift()?.resolve(message);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that draws has ended')));
  const answered = <Answer extends DrawMessage>(tell: () => void): Promise<Answer> => {
    if (failure !== undefined) return Promise.reject(failure);
    tell();
    // Orders are answered one by one, each by its own kind of message.
    return new Promise((resolve, reject) => {
      waiting.push({ resolve: (message) => resolve(message as Answer), reject });
    });
  };
  const order = (one: DrawOrder, handedOver: readonly ArrayBuffer[] = []) => worker.postMessage(one, handedOver);
  const close = () => closeThread(worker, () => order({ type: 'close' }));
  try {
    await answered(() => {});
  } catch (error) {
    await close();
    throw error;
  }
  return {
    draw: (found) => answered(() => order({ type: 'draw', found }, takesPixels ? memoryOf(found.frame.rgba) : [])),
    finish: async () => (await answered<Finished>(() => order({ type: 'finish' }))).files,
    close,
  };
}
