import { useEffect, useState } from 'preact/hooks';
import { getJson } from '../api/client.ts';
import type { Job, Problem } from '../api/types.ts';
import { useStore } from '../store.ts';
import { jobsStore } from './jobs.ts';

/** One job as it is now: as the list has it where it is in it, else asked for. */
export function useJob(jobId: string | undefined): { job: Job | undefined; problem: Problem | undefined } {
  const { jobs } = useStore(jobsStore);
  const [asked, setAsked] = useState<{ job: Job | undefined; problem: Problem | undefined }>({
    job: undefined,
    problem: undefined,
  });
  useEffect(() => {
    if (jobId === undefined) return;
    const stop = new AbortController();
    void getJson<Job>(`/v1/jobs/${encodeURIComponent(jobId)}`, stop.signal).then((answer) => {
      if (stop.signal.aborted) return;
      setAsked(answer.ok ? { job: answer.value, problem: undefined } : { job: undefined, problem: answer.problem });
    });
    return () => stop.abort();
  }, [jobId]);
  const listed = jobs.find((job) => job.job_id === jobId);
  if (listed !== undefined) return { job: listed, problem: undefined };
  return asked.job?.job_id === jobId || asked.problem !== undefined ? asked : { job: undefined, problem: undefined };
}
