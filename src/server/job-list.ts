import { type Reader, readSql } from '../query/index.ts';
import { type Job, type JobRecord, type JobState, jobOf, recordOf } from './job.ts';
import { jobOrder, type Place } from './job-order.ts';

export interface JobFilter {
  readonly status?: JobState | undefined;
  readonly plugin?: string | undefined;
  /** What it runs on, or what was asked for while that is not known. */
  readonly device?: 'cpu' | 'gpu' | undefined;
}

/** The jobs of the warehouse, whoever runs them, kept in memory and followed: a list costs no query. */
export interface JobList {
  /** The newest first, those before `place` where one is given. */
  page(filter: JobFilter, limit: number, place?: Place): Promise<readonly Job[]>;
  get(jobId: string): Promise<Job | undefined>;
  /** The same with what is nobody's business outside. */
  record(jobId: string): Promise<JobRecord | undefined>;
  /** All that have not ended, the newest first. */
  unfinished(): readonly Job[];
  /** Tells of each change from now on, until what it gives is called. */
  onChange(listener: (job: Job) => void): () => void;
  /** How far a job of this server is, which no event tells. */
  setProgress(jobId: string, progress: Job['progress']): void;
  /** Looks for changes now, or joins the look that begins next. */
  refresh(): Promise<void>;
  close(): void;
}

/** Answers may be older than this; whoever asks then makes it look, and waits a little for what it finds. */
const freshMs = 200;
const waitMs = 40;
/** About 100 MB. */
const jobsMaxDefault = 200_000;

/** Reads all jobs once. @throws SiltstoneError what the reader throws */
export async function openJobList(
  reader: Reader,
  mayHold: (path: string) => boolean,
  jobsMax = jobsMaxDefault,
): Promise<JobList> {
  const jobs = jobOrder(jobsMax);
  const listeners = new Set<(job: Job) => void>();
  const progress = new Map<string, Job['progress']>();
  const viewOf = (job: JobRecord): Job => jobOf(job, mayHold, progress.get(job.job_id));
  const tell = (job: JobRecord): void => {
    for (const listener of listeners) listener(viewOf(job));
  };
  const look = async (...files: readonly string[]): Promise<void> => {
    const sql = [...files, 'serve/jobs_of_changed.sql'].map(readSql).join('\n');
    for (const row of await reader.rows(sql, [jobsMax], {})) {
      const job = recordOf(row);
      if (isEnded(job)) progress.delete(job.job_id);
      jobs.put(job);
      tell(job);
    }
  };
  await look('follow.sql', 'serve/jobs_begin.sql');
  const { refresh, recent, close } = looking(() => look('serve/jobs_next.sql'));
  return {
    page: async (filter, limit, place) => {
      await recent();
      const found: Job[] = [];
      for (const job of jobs.newest(place)) {
        if (found.length === limit) break;
        if (matches(job, filter)) found.push(viewOf(job));
      }
      return found;
    },
    get: async (jobId) => {
      await recent();
      const job = jobs.get(jobId);
      return job && viewOf(job);
    },
    record: async (jobId) => {
      await recent();
      return jobs.get(jobId);
    },
    unfinished: () => [...jobs.newest()].filter((job) => !isEnded(job)).map(viewOf),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setProgress: (jobId, now) => {
      progress.set(jobId, now);
      const job = jobs.get(jobId);
      if (job !== undefined) tell(job);
    },
    refresh,
    close,
  };
}

const isEnded = ({ status }: JobRecord): boolean => status !== 'queued' && status !== 'running';

const matches = (job: JobRecord, { status, plugin, device }: JobFilter): boolean =>
  (status === undefined || job.status === status) &&
  (plugin === undefined || job.plugin === plugin) &&
  (device === undefined || (job.device ?? job.device_requested) === device);

interface Looking {
  refresh(): Promise<void>;
  /** Resolves when what is known is fresh, or after a short wait. */
  recent(): Promise<void>;
  close(): void;
}

/** One look at a time; those who ask while one runs share the next. */
function looking(look: () => Promise<void>): Looking {
  let [running, next]: (Promise<void> | undefined)[] = [];
  let startedAt = performance.now();
  let isClosed = false;
  const start = async (): Promise<void> => {
    await running?.catch(() => undefined);
    next = undefined;
    if (isClosed) return;
    startedAt = performance.now();
    running = look();
    await running;
  };
  const refresh = (): Promise<void> => {
    next ??= start();
    return next;
  };
  return {
    refresh,
    recent: async () => {
      if (performance.now() - startedAt < freshMs) return;
      await Promise.race([refresh(), new Promise((resolve) => setTimeout(resolve, waitMs).unref())]);
    },
    close: () => {
      isClosed = true;
    },
  };
}
