import type { ErrorCode } from '../errors.ts';
import type { Settings } from '../settings.ts';
import type { JobMessage } from './job-messages.ts';
import { treeBytes } from './process-tree.ts';

/** Why a job is ended that cannot be let go on. */
export interface Verdict {
  readonly code: ErrorCode;
  readonly message: string;
}

export interface Watch {
  /** Takes what the job's process says. */
  heard(message: JobMessage): void;
  stop(): void;
}

export type JobLimits = Pick<
  Settings,
  'frame_timeout_ms' | 'job_timeout_ms' | 'job_open_timeout_ms' | 'job_memory_bytes_max'
>;

const memoryLookMs = 500;
/** The longest that a timer of Node can be. */
const timerMsMax = 2 ** 31 - 1;

/** Watches from outside: a process whose model hangs, or eats all memory, can no longer watch itself. */
export function watchJob(pid: number, limits: JobLimits, judge: (verdict: Verdict) => void): Watch {
  const stopTime = watchTime(limits, judge);
  const stopMemory = watchMemory(pid, limits.job_memory_bytes_max, judge);
  return {
    heard: stopTime.heard,
    stop() {
      stopTime.stop();
      stopMemory();
    },
  };
}

/** Each message of the job begins a new wait: for its opening, for each frame, for its closing. */
function watchTime(limits: JobLimits, judge: (verdict: Verdict) => void): Watch {
  const { job_open_timeout_ms: openMs, frame_timeout_ms: frameMs, job_timeout_ms: jobMs } = limits;
  const late = (message: string) => judge({ code: 'job_timeout', message });
  const stopJob = after(jobMs, () => late(`the job takes longer than ${jobMs} ms (job_timeout_ms)`));
  let frame = 0;
  let stopStep = waitFor('open its input, its plugin and its device', openMs, 'job_open_timeout_ms');
  function waitFor(what: string, ms: number, setting: string): () => void {
    return after(ms, () => late(`the job needs more than ${ms} ms (${setting}) to ${what}`));
  }
  return {
    heard(message) {
      stopStep();
      if (message.type === 'result') return;
      if (message.type === 'closing') stopStep = waitFor('close what it opened', openMs, 'job_open_timeout_ms');
      else {
        frame = message.type === 'progress' ? message.progress.framesDone : 0;
        stopStep = waitFor(`finish frame ${frame}`, frameMs, 'frame_timeout_ms');
      }
    },
    stop() {
      stopJob();
      stopStep();
    },
  };
}

/** A timer that was late itself, in a busy process, first lets in the messages that wait. 0 ms is never. */
function after(ms: number, act: () => void): () => void {
  if (ms === 0) return () => {};
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(
    () => {
      immediate = setImmediate(() => {
        immediate = setImmediate(act);
      });
    },
    Math.min(ms, timerMsMax),
  );
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}

function watchMemory(pid: number, bytesMax: number, judge: (verdict: Verdict) => void): () => void {
  if (bytesMax === 0) return () => {};
  let isLooking = false;
  let isStopped = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    const bytes = (await treeBytes(pid)) ?? 0;
    isLooking = false;
    if (isStopped || bytes <= bytesMax) return;
    const message = `the job uses ${bytes} bytes of memory; job_memory_bytes_max is ${bytesMax}`;
    judge({ code: 'job_memory', message });
  }, memoryLookMs);
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
