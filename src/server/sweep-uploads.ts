import type { JobList } from './job-list.ts';
import type { Log } from './log.ts';
import type { Uploads } from './uploads.ts';

const sweepMs = 3_600_000;

/** Removes uploads that nobody needs any more, now and each hour, until what it gives is called. */
export function keepSwept(uploads: Uploads, jobs: JobList, log: Log): () => void {
  const sweep = async (): Promise<void> => {
    try {
      const count = await uploads.sweep(async (jobId) => endedAtOf(await jobs.get(jobId)));
      if (count > 0) log.info({ count }, `${count} folders of uploads removed`);
    } catch (error) {
      log.warn({ err: error }, 'uploads that nobody needs could not be removed');
    }
  };
  void sweep();
  const timer = setInterval(() => void sweep(), sweepMs).unref();
  return () => clearInterval(timer);
}

function endedAtOf(job: Awaited<ReturnType<JobList['get']>>): number | undefined | 'unfinished' {
  if (job === undefined) return undefined;
  return job.completed_at === null ? 'unfinished' : Date.parse(job.completed_at);
}
