import { expect, test } from 'vitest';
import { clipPath } from '../inference/football.ts';
import { readEvents, statusesOf } from '../inference/inbox.ts';
import { tempFolder } from '../make/warehouse.ts';
import { type Running, start } from './siltstone.ts';

const urlOf = (serve: Running): string => /"url":"([^"]+)"/.exec(serve.stderr())?.[1] ?? '';

async function serving(warehouse: string, ...settings: readonly string[]): Promise<Running> {
  const set = settings.flatMap((setting) => ['--set', setting]);
  const serve = start(['serve', '--port', '0', '--warehouse', warehouse, '--set', 'jobs_at_once=1', ...set]);
  await serve.says('"url"');
  return serve;
}

/** The id of a job over a clip of the samples. */
async function submitted(url: string, query: string): Promise<string> {
  const answer = await fetch(`${url}/v1/jobs?plugin=player-tracker&${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: clipPath }),
  });
  return ((await answer.json()) as { readonly job_id: string }).job_id;
}

async function untilRunning(url: string, id: string): Promise<void> {
  const states: unknown[] = [];
  while (!states.includes('running')) {
    states.push(((await (await fetch(`${url}/v1/jobs/${id}`)).json()) as { readonly status: string }).status);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('told to end, it lets a job that runs finish, cancels those that wait, and is gone within 10 s', async () => {
  const warehouse = tempFolder();
  const serve = await serving(warehouse);
  const url = urlOf(serve);
  const short = await submitted(url, 'frames=5');
  // It may have its turn already when the server is told to end; the one behind it has not.
  await submitted(url, 'frames=5');
  const waiting = await submitted(url, 'frames=5');
  await untilRunning(url, short);
  const startedAt = performance.now();
  serve.child.kill('SIGTERM');

  expect(await serve.ended()).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(statusesOf(readEvents(warehouse, short))).toEqual(['queued', 'running', 'done']);
  expect(statusesOf(readEvents(warehouse, waiting))).toEqual(['queued', 'cancelled']);
});

test('a job that takes longer than it may is cancelled, and says so', async () => {
  const warehouse = tempFolder();
  const serve = await serving(warehouse, 'serve_drain_ms=300');
  const url = urlOf(serve);
  const long = await submitted(url, 'annotate=true');
  await untilRunning(url, long);
  const startedAt = performance.now();
  serve.child.kill('SIGTERM');

  expect(await serve.ended()).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(statusesOf(readEvents(warehouse, long))).toEqual(['queued', 'running', 'cancelled']);
});

test('killed, it leaves on disk each job that it accepted, and no compactor behind', async () => {
  const warehouse = tempFolder();
  const serve = await serving(warehouse);
  await serve.says('watching');
  const pid = Number(/"pid":(\d+)[^\n]*watching/.exec(serve.stderr())?.[1]);
  await submitted(urlOf(serve), 'frames=1');
  const waiting = await submitted(urlOf(serve), 'frames=1');
  serve.child.kill('SIGKILL');
  await serve.ended();

  expect(statusesOf(readEvents(warehouse, waiting))).toEqual(['queued']);
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
