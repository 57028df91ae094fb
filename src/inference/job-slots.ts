import { availableParallelism } from 'node:os';

/** A job's turn; to be given back once. */
export type GiveBack = () => void;

const waiting: (() => void)[] = [];
let runningCount = 0;

/** How many jobs of this process run side by side, by the setting `jobs_at_once`. */
export const jobsAtOnce = (setting: number): number => (setting === 0 ? availableParallelism() : setting);

/** Whether a job that began now would have to wait. */
export const mustWait = (countMax: number): boolean => runningCount >= countMax;

/**
 * Waits for a turn, first come, first served.
 * @returns undefined where the signal was aborted first
 */
export async function takeTurn(countMax: number, signal: AbortSignal | undefined): Promise<GiveBack | undefined> {
  while (mustWait(countMax)) {
    if (signal?.aborted) return undefined;
    await woken(signal);
  }
  runningCount += 1;
  return () => {
    runningCount -= 1;
    waiting.shift()?.();
  };
}

/** Resolves when a turn was given back, or the signal is aborted. */
function woken(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    };
    const stop = () => {
      waiting.splice(waiting.indexOf(wake), 1);
      resolve();
    };
    waiting.push(wake);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
