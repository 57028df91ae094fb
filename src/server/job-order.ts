import type { JobRecord } from './job.ts';

/** Jobs by the time of their first event, of those of one ms by id: one order that no later event changes. */
export interface JobOrder {
  get(jobId: string): JobRecord | undefined;
  put(job: JobRecord): void;
  /** The newest first, those before a place where one is given. */
  newest(before?: Place): Iterable<JobRecord>;
  readonly size: number;
}

export type Place = Pick<JobRecord, 'created_at' | 'job_id'>;

/** @param countMax beyond it the oldest are let go */
export function jobOrder(countMax: number): JobOrder {
  const byId = new Map<string, JobRecord>();
  /** The oldest first: new jobs come at the end. */
  const sorted: Place[] = [];
  const remove = (place: Place): void => {
    sorted.splice(countBefore(sorted, place), 1);
    byId.delete(place.job_id);
  };
  return {
    get: (jobId) => byId.get(jobId),
    put: (job) => {
      const known = byId.get(job.job_id);
      // An event of an earlier time may come later, by another stream.
      if (known !== undefined && known.created_at !== job.created_at) remove(known);
      if (!byId.has(job.job_id)) sorted.splice(countBefore(sorted, job), 0, job);
      byId.set(job.job_id, job);
      const [oldest] = sorted;
      if (oldest !== undefined && sorted.length > countMax) remove(oldest);
    },
    newest: function* (before) {
      for (let i = before === undefined ? sorted.length : countBefore(sorted, before); i > 0; i -= 1) {
        const job = byId.get(sorted[i - 1]?.job_id ?? '');
        if (job !== undefined) yield job;
      }
    },
    get size() {
      return sorted.length;
    },
  };
}

function countBefore(sorted: readonly Place[], place: Place): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = sorted[middle];
    if (at !== undefined && isBefore(at, place)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isBefore = (a: Place, b: Place): boolean =>
  a.created_at < b.created_at || (a.created_at === b.created_at && a.job_id < b.job_id);
