import type { Settings } from '../settings.ts';

/** What waits to be compacted, as a watcher sees it. Times are ms of the watcher's own clock, whatever it began at. */
export interface Waiting {
  readonly bytes: number;
  /** When the oldest of it was noticed. */
  readonly since: number;
  /** When a job's end was noticed that is not compacted yet. */
  readonly jobEndedAt?: number;
}

/** In how many ms a compaction is due: 0 at once, Infinity never. Pure. */
export function dueIn(
  waiting: Waiting,
  now: number,
  settings: Pick<Settings, 'compact_pending_bytes' | 'compact_pending_wait_ms' | 'compact_job_wait_ms'>,
): number {
  if (waiting.bytes === 0) return Number.POSITIVE_INFINITY;
  if (waiting.bytes >= settings.compact_pending_bytes) return 0;
  const byAge = waiting.since + settings.compact_pending_wait_ms - now;
  const byJob =
    waiting.jobEndedAt === undefined
      ? Number.POSITIVE_INFINITY
      : waiting.jobEndedAt + settings.compact_job_wait_ms - now;
  return Math.max(0, Math.min(byAge, byJob));
}
