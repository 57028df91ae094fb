import { SiltstoneError } from '../../errors.ts';
import type { Answer, Question, SandboxLimits } from './messages.ts';
import { type SandboxWorker, sandboxWorker } from './worker.ts';

export interface SandboxOptions extends SandboxLimits {
  readonly workerCount: number;
  /** Questions that wait for a process; more are refused. */
  readonly queueMax: number;
}

/** Answers SQL of anybody, in processes that see the lake and nothing else, and that cannot hold the others up. */
export interface Sandbox {
  /**
   * @throws SiltstoneError `query_refused`, `query_timeout`, `query_too_large`, `queue_full`, `engine_failed` with DuckDB's
   * message, `closed`, or what a reader throws
   */
  ask(question: Question, signal?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** A longer statement is none that a person wrote, and its parse alone takes long. */
const sqlBytesMax = 100_000;

export function openSandbox({ workerCount, queueMax, ...limits }: SandboxOptions): Sandbox {
  const workers = Array.from({ length: workerCount }, () => sandboxWorker(limits));
  const free = [...workers];
  const waiting: ((worker: SandboxWorker | undefined) => void)[] = [];
  let isClosed = false;
  const take = async (): Promise<SandboxWorker> => {
    const found = free.pop();
    if (found !== undefined) return found;
    if (waiting.length >= queueMax) throw new SiltstoneError('queue_full', `${queueMax} statements wait already`);
    const given = await new Promise<SandboxWorker | undefined>((resolve) => waiting.push(resolve));
    if (given === undefined) throw closed();
    return given;
  };
  const giveBack = (worker: SandboxWorker): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(worker);
    else next(worker);
  };
  return {
    ask: async (question, signal) => {
      if (isClosed) throw closed();
      checkLength(question);
      const worker = await take();
      try {
        if (signal?.aborted) throw new SiltstoneError('query_timeout', 'nobody waits for the answer any more');
        return await worker.ask(question, signal);
      } finally {
        giveBack(worker);
      }
    },
    close: async () => {
      isClosed = true;
      for (const resolve of waiting.splice(0)) resolve(undefined);
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

const closed = (): SiltstoneError => new SiltstoneError('closed', 'the sandbox is closed');

function checkLength({ sql }: Question): void {
  const bytes = Buffer.byteLength(sql);
  if (bytes <= sqlBytesMax) return;
  throw new SiltstoneError('query_too_large', `the statement has ${bytes} bytes; at most ${sqlBytesMax} are read`);
}
