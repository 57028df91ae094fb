import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../errors.ts';
import { lastOutput } from './child-output.ts';
import { type JobLimits, type Verdict, watchJob } from './job-limits.ts';
import type { JobCounts, JobMessage, JobOrder, JobProgress, JobRequest, JobResult } from './job-messages.ts';
import { killGroup } from './process-tree.ts';

/** How the process of a job ended: with its result, or without a word. */
export interface Ended {
  readonly result: JobResult | undefined;
  /** What it was ended for by the one that watches it. */
  readonly verdict: Verdict | undefined;
  readonly reason: string;
  readonly signal: NodeJS.Signals | undefined;
  /** As it last said. */
  readonly counts: JobCounts;
}

export interface Attendance {
  readonly limits: JobLimits;
  readonly onProgress: ((progress: JobProgress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

const childPath = fileURLToPath(new URL('../../dist/inference/job-process.js', import.meta.url));
/** What a job that is to end may take to finish its frame and to write its last events. */
const endWaitMs = 3_000;

/**
 * Starts the process of a job and waits for its end; ends it when it is cancelled, or goes beyond a limit: kindly first,
 * then by force. It leads a process group of its own, so that nothing it started is left when it is gone.
 */
export async function attendJob(request: JobRequest, { limits, onProgress, signal }: Attendance): Promise<Ended> {
  const child = fork(childPath, [JSON.stringify(request)], {
    detached: process.platform !== 'win32',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const { pid } = child;
  const output = lastOutput(child.stderr);
  let result: JobResult | undefined;
  let verdict: Verdict | undefined;
  let counts: JobCounts = { frameCount: 0, detectionCount: 0, issueCount: 0 };
  let exitTimer: NodeJS.Timeout | undefined;
  const order = orderTo(child);
  const watch =
    pid === undefined
      ? undefined
      : watchJob(pid, limits, (found) => {
          verdict ??= found;
          order({ type: 'fail', ...verdict });
          // More memory is all that it could use its time for.
          if (found.code === 'job_memory') killGroup(pid);
        });
  child.on('message', (message: JobMessage) => {
    watch?.heard(message);
    if (message.type === 'result') {
      result = message.result;
      // A native thread may keep a process from ending that has nothing to do any more.
      exitTimer = setTimeout(() => pid !== undefined && killGroup(pid), endWaitMs);
    }
    if (message.type !== 'progress') return;
    counts = message.counts;
    onProgress?.(message.progress);
  });
  const cancel = () => order({ type: 'cancel' });
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  const ending = await endingOf(child);
  clearTimeout(exitTimer);
  order.stop();
  watch?.stop();
  signal?.removeEventListener('abort', cancel);
  if (result === undefined && pid !== undefined) killGroup(pid);
  const reason = [`the process of the job ${ending.text}`, output()].filter(Boolean).join(': ');
  return { result, verdict, reason, signal: ending.signal, counts };
}

/** The first order counts. What does not follow it in time is killed. */
function orderTo(child: ChildProcess): ((order: JobOrder) => void) & { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const give = (order: JobOrder) => {
    if (timer !== undefined || child.pid === undefined) return;
    const { pid } = child;
    timer = setTimeout(() => killGroup(pid), endWaitMs);
    // The process may have ended just now: that it can no longer be told is then no loss.
    child.send(order, () => {});
  };
  return Object.assign(give, { stop: () => clearTimeout(timer) });
}

interface Ending {
  readonly text: string;
  readonly signal: NodeJS.Signals | undefined;
}

async function endingOf(child: ChildProcess): Promise<Ending> {
  try {
    const [code, endedBy] = await once(child, 'close');
    if (endedBy === null) return { text: `exited with code ${code}`, signal: undefined };
    return { text: `was ended by ${endedBy}`, signal: endedBy };
  } catch (error) {
    return { text: `could not be started: ${messageOf(error)}`, signal: undefined };
  }
}
