import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openJobEmitter } from '../../src/emitters/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, type Warehouse } from '../make/warehouse.ts';
import { eventSource, type Told } from './event-source.ts';
import { type Serving, serving } from './serving.ts';

const isLog =
  (message: string) =>
  ({ event, data }: Told) =>
    event === 'event' && data.message === message;
const isJob =
  (status: string) =>
  ({ event, data }: Told) =>
    event === 'job' && data.status === status;

function say({ warehouse }: Serving, message: string, job_id = 'job-1'): void {
  warehouse.append(`${job_id}/a.ndjson`, linesOf([logLine({ job_id, message, seq: undefined })]));
}

function runningJob({ path: warehouse }: Warehouse, jobId: string) {
  const job = openJobEmitter({ warehouse, jobId, plugin: 'player-tracker', flush: 'each' });
  job.status({ status: 'running', device: 'cpu' });
  return job;
}

/** The feed has begun once it tells of something new. */
async function begun(server: Serving, source: Awaited<ReturnType<typeof eventSource>>): Promise<void> {
  const told = source.until(isLog('begun'));
  const timer = setInterval(() => say(server, 'begun', 'other'), 100);
  await told;
  clearInterval(timer);
}

test('jobs that run are told at once, then each change and each event, compacted meanwhile or not', async () => {
  const server = await serving();
  const job = runningJob(server.warehouse, 'job-1');
  const source = await eventSource(server);
  const first = await source.until(isJob('running'));
  await begun(server, source);
  say(server, 'hot');
  const hot = await source.until(isLog('hot'));
  say(server, 'taken');
  await compacted(server.warehouse);
  await source.until(isLog('taken'));
  job.status({ status: 'done', device: 'cpu', duration_ms: 5 });
  job.close();
  const last = await source.until(isJob('done'));

  expect(source.response.headers.get('content-type')).toBe('text/event-stream');
  expect(source.response.headers.get('x-request-id')).toMatch(/./);
  expect(first.data).toMatchObject({ job_id: 'job-1', plugin: 'player-tracker' });
  expect(hot.data).toEqual({
    ...{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), event: 'log', job_id: 'job-1', seq: expect.any(Number) },
    ...{ ts: '2026-11-23T14:05:00.123000Z', level: 'info', message: 'hot' },
  });
  expect(hot.id).toMatch(/^\d+-[0-9a-f]{8}-\d+$/);
  expect(last.data).toMatchObject({ job_id: 'job-1', duration_ms: 5 });
  expect(source.told.filter(isLog('taken'))).toHaveLength(1);
});

test('only the kinds and the job that were asked for are given', async () => {
  const server = await serving();
  const all = await eventSource(server);
  const some = await eventSource(server, '?kinds=log,overlay.frame&job_id=job-2');
  await begun(server, all);
  say(server, 'no', 'job-1');
  server.warehouse.append('job-2/b.ndjson', '{"event":"door.opened","ts":"2026-11-23T14:05:00Z"}\n');
  say(server, 'yes', 'job-2');
  await all.until(isLog('yes'));
  await some.until(isLog('yes'));

  expect(some.told.map(({ data }) => data.message)).toEqual(['yes']);
});

test('who comes back is given what was missed, once, and no more', async () => {
  const server = await serving();
  const source = await eventSource(server);
  await begun(server, source);
  say(server, 'one');
  const { id } = await source.until(isLog('one'));
  source.close();
  say(server, 'two');
  await wait(600);
  const again = await eventSource(server, '', id);
  await again.until(isLog('two'));
  say(server, 'three');
  await again.until(isLog('three'));

  const messages = again.told.map(({ data }) => data.message).filter((message) => message !== 'begun');

  expect(messages).toEqual(['two', 'three']);
});

test('who comes back to a server that was started anew is given what came since, and jobs that ended', async () => {
  const server = await serving();
  runningJob(server.warehouse, 'job-1').close();
  const source = await eventSource(server);
  await begun(server, source);
  const id = source.told.at(-1)?.id;
  source.close();
  await server.server.close();
  say(server, 'meanwhile');
  const job = openJobEmitter({ warehouse: server.warehouse.path, jobId: 'job-1', plugin: 'player-tracker' });
  job.status({ status: 'done', device: 'cpu' });
  job.close();
  const restarted = await serving({}, server.warehouse);
  const again = await eventSource(restarted, '', id);
  await again.until(isLog('meanwhile'));

  expect((await again.until(isJob('done'))).data).toMatchObject({ job_id: 'job-1' });
});

test('what comes too fast is left out, and it is told how much', async () => {
  const server = await serving();
  const source = await eventSource(server);
  await begun(server, source);
  const lines = Array.from({ length: 3000 }, (_, seq) => logLine({ job_id: 'job-3', seq, message: `flood ${seq}` }));
  server.warehouse.append('job-3/a.ndjson', linesOf(lines));
  const gap = await source.until(({ event }) => event === 'gap');
  await source.until(isLog('flood 2999'));
  const given = source.told.filter(({ data }) => String(data.message).startsWith('flood'));

  expect(gap.data).toEqual({ dropped: expect.any(Number) });
  expect(given.length + Number(gap.data.dropped)).toBeGreaterThanOrEqual(3000);
  expect(given.length).toBeLessThanOrEqual(1000);
});

test('a server that ends ends its streams', async () => {
  const server = await serving();
  const source = await eventSource(server);
  const startedAt = performance.now();
  await server.server.close();

  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(source.response.ok).toBe(true);
});
