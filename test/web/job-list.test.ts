import { expect, test } from 'vitest';
import type { Job } from '../../web/src/api/types.ts';
import { matches, merge } from '../../web/src/live/job-list.ts';

const job = (change: Partial<Job>): Job => ({
  job_id: 'a',
  plugin: 'player-tracker',
  tool: 'track',
  device_requested: 'gpu',
  device: null,
  fallback: null,
  fallback_reason: null,
  status: 'queued',
  created_at: '2026-11-25T10:00:00.000Z',
  completed_at: null,
  duration_ms: null,
  error_message: null,
  progress: null,
  has_input: true,
  has_video: false,
  request_id: null,
  ...change,
});

test('news of a job take its place, and a new one comes on top', () => {
  const known = [job({})];
  const changed = [job({ status: 'running' }), job({ job_id: 'b', created_at: '2026-11-25T10:00:01.000Z' })];

  expect(merge(known, changed).map(({ job_id, status }) => [job_id, status])).toEqual([
    ['b', 'queued'],
    ['a', 'running'],
  ]);
});

test('a job that no longer is what the filter asks for goes', () => {
  const isQueued = (one: Job) => matches(one, { status: 'queued' });

  expect(merge([job({})], [job({ status: 'done' })], isQueued)).toEqual([]);
});

test('where a job has not run yet, the filter of devices goes by what was asked', () => {
  expect(matches(job({}), { device: 'gpu' })).toBe(true);
  expect(matches(job({ device: 'cpu' }), { device: 'gpu' })).toBe(false);
});
