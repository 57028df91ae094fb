import { expect, test } from 'vitest';
import { runJob } from '../../src/inference/index.ts';
import { readSettings } from '../../src/settings.ts';
import { clipPath } from './football.ts';
import { ofKind, readEvents, statusesOf } from './inbox.ts';
import { tempDir } from './temp-dir.ts';

const settings = readSettings({ jobs_at_once: 1 });

test('a job beyond those that run at once is queued until one of them has ended', async () => {
  const warehouse = tempDir();
  const options = { warehouse, plugin: 'player-tracker', input: clipPath, framesMax: 2, settings };
  const results = await Promise.all(['a', 'b'].map((jobId) => runJob({ ...options, jobId })));
  const timesOf = (id: string) =>
    ofKind(readEvents(warehouse, id), 'job.status').map(({ ts }) => Date.parse(String(ts)));

  expect(results.map(({ status }) => status)).toEqual(['done', 'done']);
  expect(statusesOf(readEvents(warehouse, 'b'))).toEqual(['queued', 'running', 'done']);
  expect(timesOf('b')[0]).toBeLessThan(Number(timesOf('a')[2]));
  expect(timesOf('b')[1]).toBeGreaterThanOrEqual(Number(timesOf('a')[2]));
});

test('a job that is cancelled while it waits never starts, and the next one has its turn', async () => {
  const warehouse = tempDir();
  const options = { warehouse, plugin: 'player-tracker', input: clipPath, framesMax: 1, settings };
  const controller = new AbortController();
  const running = ['a', 'b'].map((jobId) =>
    runJob({ ...options, jobId, ...(jobId === 'b' && { signal: controller.signal }) }),
  );
  const last = runJob({ ...options, jobId: 'c' });
  controller.abort();
  const [, cancelled] = await Promise.all(running);

  expect(cancelled).toMatchObject({ status: 'cancelled', frameCount: 0 });
  expect(statusesOf(readEvents(warehouse, 'b'))).toEqual(['queued', 'cancelled']);
  expect(await last).toMatchObject({ status: 'done' });
});
