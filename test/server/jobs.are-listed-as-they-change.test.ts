import { expect, test } from 'vitest';
import { openJobEmitter } from '../../src/emitters/index.ts';
import { lineOf } from '../make/events.ts';
import { compacted, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { serving } from './serving.ts';

interface Page {
  readonly jobs: readonly { readonly job_id: string; readonly status: string }[];
  readonly next_cursor: string | null;
}

const idsOf = ({ jobs }: Page) => jobs.map(({ job_id }) => job_id);

/** Jobs job-1, job-2, … a second after one another. */
function writeJobs(warehouse: Warehouse, states: readonly string[]): void {
  for (const [i, status] of states.entries()) {
    const ts = new Date(Date.parse('2026-11-23T14:05:00Z') + i * 1000).toISOString();
    const event = { event: 'job.status', seq: 0, ts, plugin: `plugin-${i % 2}`, device: 'cpu', status };
    warehouse.append(`job-${i + 1}/a.ndjson`, lineOf(event));
  }
}

test('jobs come newest first, a page at a time', async () => {
  const warehouse = tempWarehouse({ serve_port: 0 });
  writeJobs(warehouse, ['done', 'done', 'error', 'running', 'queued']);
  const { json } = await serving({}, warehouse);
  const first = (await json('/v1/jobs?limit=2')) as Page;
  const second = (await json(`/v1/jobs?limit=2&cursor=${first.next_cursor}`)) as Page;
  const third = (await json(`/v1/jobs?limit=2&cursor=${second.next_cursor}`)) as Page;

  expect([first, second, third].map(idsOf)).toEqual([['job-5', 'job-4'], ['job-3', 'job-2'], ['job-1']]);
  expect(third.next_cursor).toBeNull();
});

test('jobs are chosen by state, plugin and device', async () => {
  const warehouse = tempWarehouse({ serve_port: 0 });
  writeJobs(warehouse, ['done', 'done', 'error', 'running']);
  const { json } = await serving({}, warehouse);

  expect(idsOf((await json('/v1/jobs?status=done')) as Page)).toEqual(['job-2', 'job-1']);
  expect(idsOf((await json('/v1/jobs?plugin=plugin-0')) as Page)).toEqual(['job-3', 'job-1']);
  expect(idsOf((await json('/v1/jobs?device=gpu')) as Page)).toEqual([]);
});

test('a cursor that this list did not give is refused', async () => {
  const { ask } = await serving();

  expect((await ask('/v1/jobs?cursor=abc')).status).toBe(400);
});

test('what another process writes is seen, hot or compacted, with the device and the reason of a fallback', async () => {
  const server = await serving();
  const { path } = server.warehouse;
  const job = openJobEmitter({ warehouse: path, jobId: 'seen', plugin: 'ball-tracker' });
  job.status({ device: 'gpu', status: 'queued', request_id: 'r-1' });
  await job.flush();
  await expect.poll(() => server.json('/v1/jobs/seen')).toMatchObject({ status: 'queued', device_requested: 'gpu' });
  job.deviceUsage({ device_requested: 'gpu', device_used: 'cpu', fallback: true, reason: 'cuda: no driver' });
  job.status({ device: 'cpu', status: 'done', duration_ms: 12.5 });
  job.close();
  await compacted(server.warehouse);

  await expect.poll(() => server.json('/v1/jobs/seen')).toMatchObject({ status: 'done' });
  expect(await server.json('/v1/jobs/seen')).toEqual({
    job_id: 'seen',
    plugin: 'ball-tracker',
    tool: null,
    device_requested: 'gpu',
    device: 'cpu',
    fallback: true,
    fallback_reason: 'cuda: no driver',
    status: 'done',
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    completed_at: expect.any(String),
    duration_ms: 12.5,
    error_message: null,
    progress: null,
    has_input: false,
    has_video: false,
    request_id: 'r-1',
  });
});

test('a job that is not there is told', async () => {
  const { ask } = await serving();

  expect((await ask('/v1/jobs/none')).status).toBe(404);
});
