import { SiltstoneError } from '../errors.ts';
import { type JobOptions, jobsAtOnce, queueJob } from '../inference/index.ts';
import type { Settings } from '../settings.ts';
import type { JobList } from './job-list.ts';
import type { Log } from './log.ts';

/** The jobs of this server: those that run, and a bounded number that wait for their turn. */
export interface JobQueue {
  /**
   * A place in the queue, to be taken before anything is read for it.
   * @throws SiltstoneError `queue_full`
   */
  reserve(): Place;
  /** False where this server does not run the job. */
  cancel(jobId: string): boolean;
  /** Cancels those that wait; lets those that run end for a while, and then cancels them. Resolves when all have ended. */
  drain(): Promise<void>;
}

export interface Place {
  /** Records the job durably and runs it when its turn comes. */
  submit(options: JobOptions): string;
  /** Gives the place back, where nothing was submitted. Idempotent. */
  release(): void;
}

interface Running {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

interface QueueOptions {
  readonly settings: Settings;
  readonly jobs: JobList;
  readonly log: Log;
}

export function openJobQueue({ settings, jobs, log }: QueueOptions): JobQueue {
  const countMax = jobsAtOnce(settings.jobs_at_once);
  /** In the order of their turns. */
  const running = new Map<string, Running>();
  let reservedCount = 0;
  const start = (options: JobOptions): string => {
    const controller = new AbortController();
    const queued = queueJob({
      ...options,
      signal: controller.signal,
      onProgress: ({ framesDone, framesTotal = null }) =>
        jobs.setProgress(queued.jobId, { frames_done: framesDone, frames_total: framesTotal }),
    });
    const { jobId } = queued;
    const end = async (): Promise<void> => {
      try {
        const { status, error } = await queued.run();
        log.info({ job_id: jobId, request_id: options.requestId, status, code: error?.code }, `job ${status}`);
      } catch (error) {
        log.error({ err: error, job_id: jobId, request_id: options.requestId }, 'a job could not be recorded');
      }
      running.delete(jobId);
      await jobs.refresh().catch(() => undefined);
    };
    running.set(jobId, { controller, ended: end() });
    return jobId;
  };
  return {
    reserve: () => {
      const waitingCount = running.size + reservedCount - countMax;
      if (waitingCount >= settings.serve_queue_max) {
        throw new SiltstoneError('queue_full', `${Math.max(0, waitingCount)} jobs wait (serve_queue_max)`);
      }
      return placeOf(start, (change) => {
        reservedCount += change;
      });
    },
    cancel: (jobId) => {
      const job = running.get(jobId);
      job?.controller.abort(new Error('cancelled'));
      return job !== undefined;
    },
    drain: async () => {
      const all = [...running.values()];
      for (const { controller } of all.slice(countMax)) controller.abort(new Error('the server ended'));
      const timer = setTimeout(() => {
        for (const { controller } of all) controller.abort(new Error('the server ended'));
      }, settings.serve_drain_ms);
      await Promise.all(all.map(({ ended }) => ended));
      clearTimeout(timer);
    },
  };
}

function placeOf(start: (options: JobOptions) => string, count: (change: 1 | -1) => void): Place {
  let isHeld = true;
  count(1);
  const release = (): void => {
    if (isHeld) count(-1);
    isHeld = false;
  };
  return {
    submit: (options) => {
      release();
      return start(options);
    },
    release,
  };
}
