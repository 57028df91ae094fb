import type { Job } from '../api/types.ts';

export interface Filter {
  readonly status?: string | undefined;
  readonly plugin?: string | undefined;
  readonly device?: string | undefined;
}

export const matches = (job: Job, { status, plugin, device }: Filter): boolean =>
  (!status || job.status === status) &&
  (!plugin || job.plugin === plugin) &&
  (!device || (job.device ?? job.device_requested) === device);

const isNewer = (a: Job, b: Job): boolean =>
  a.created_at === b.created_at ? a.job_id > b.job_id : a.created_at > b.created_at;

/** Both lists as one, newest first; of a job that is in both, the second's. One that no longer belongs goes. */
export function merge(
  known: readonly Job[],
  changed: readonly Job[],
  belongs: (job: Job) => boolean = () => true,
): readonly Job[] {
  if (changed.length === 0) return known;
  const byId = new Map(known.map((job) => [job.job_id, job]));
  for (const job of changed) {
    if (belongs(job)) byId.set(job.job_id, job);
    else byId.delete(job.job_id);
  }
  return [...byId.values()].sort((a, b) => (isNewer(a, b) ? -1 : 1));
}
