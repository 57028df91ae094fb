import { expect, test } from 'vitest';
import { dueIn } from '../../src/compactor/due.ts';

const settings = { compact_pending_bytes: 1000, compact_pending_wait_ms: 60_000, compact_job_wait_ms: 5000 };
const now = 1_000_000;

test.each([
  ['never where nothing is pending', { bytes: 0, since: 0 }, Number.POSITIVE_INFINITY],
  ['at once where much is pending', { bytes: 1000, since: now }, 0],
  ['when the oldest line is old enough', { bytes: 1, since: now - 20_000 }, 40_000],
  ['at once where it is older', { bytes: 1, since: now - 90_000 }, 0],
  ['soon after a job ended', { bytes: 1, since: now, jobEndedAt: now - 2000 }, 3000],
])('a compaction is due %s', (_, waiting, expected) => {
  expect(dueIn(waiting, now, settings)).toBe(expected);
});
