import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { runJob } from '../../src/inference/index.ts';
import { clipPath } from './football.ts';
import { ofKind, readEvents, statusesOf } from './inbox.ts';
import { pidOf } from './processes.ts';
import { tempDir } from './temp-dir.ts';

const plugin = 'player-tracker';

describe('a job whose process is killed', () => {
  test('ends as an error with the reason, written by the one that started it', async () => {
    const warehouse = tempDir();
    const onProgress = vi.fn().mockImplementationOnce(() => process.kill(pidOf(readEvents(warehouse, 'j')), 'SIGKILL'));
    const result = await runJob({ warehouse, plugin, input: clipPath, jobId: 'j', onProgress });
    const events = readEvents(warehouse, 'j');

    expect(result).toMatchObject({
      status: 'error',
      error: { code: 'job_failed', message: expect.stringMatching(/was ended by SIGKILL; frame \d was the last/) },
    });
    expect(ofKind(events, 'job.status').at(-1)).toMatchObject({
      status: 'error',
      error_message: result.error?.message,
    });
    expect(ofKind(events, 'stream.opened').map((line) => line.process)).toEqual(['job', 'job-parent']);
  });
});

describe('a job that is cancelled', () => {
  test('stops within its next frame and ends as cancelled', async () => {
    const warehouse = tempDir();
    const controller = new AbortController();
    const options = { warehouse, plugin, input: clipPath, jobId: 'j', signal: controller.signal };
    const result = await runJob({ ...options, onProgress: () => controller.abort() });
    const events = readEvents(warehouse, 'j');

    expect(result.status).toBe('cancelled');
    expect(result.frameCount).toBeLessThan(10);
    expect(statusesOf(events)).toEqual(['queued', 'running', 'cancelled']);
    expect(ofKind(events, 'plugin.run')).toHaveLength(result.frameCount);
  });

  test('before it began ends as cancelled too', async () => {
    const warehouse = tempDir();
    const options = { warehouse, plugin, input: clipPath, jobId: 'j', signal: AbortSignal.abort() };
    const result = await runJob(options);

    expect(result).toMatchObject({ status: 'cancelled', frameCount: 0 });
    expect(statusesOf(readEvents(warehouse, 'j')).at(-1)).toBe('cancelled');
  });

  test('is killed when its process does not react, and ends as cancelled', async () => {
    const warehouse = tempDir();
    const controller = new AbortController();
    const onProgress = vi.fn().mockImplementationOnce(() => {
      process.kill(pidOf(readEvents(warehouse, 'j')), 'SIGSTOP');
      controller.abort();
    });
    const options = { warehouse, plugin, input: clipPath, jobId: 'j', onProgress };
    const result = await runJob({ ...options, signal: controller.signal });

    expect(result).toMatchObject({ status: 'cancelled', error: { message: expect.stringContaining('SIGKILL') } });
    expect(statusesOf(readEvents(warehouse, 'j')).at(-1)).toBe('cancelled');
  });

  test('by a signal to its process ends as cancelled', async () => {
    const warehouse = tempDir();
    const onProgress = vi.fn().mockImplementationOnce(() => process.kill(pidOf(readEvents(warehouse, 'j')), 'SIGTERM'));
    const result = await runJob({ warehouse, plugin, input: clipPath, jobId: 'j', onProgress });

    expect(result).toMatchObject({ status: 'cancelled', error: { message: 'cancelled by SIGTERM' } });
  });
});

test('a job whose parent was killed ends as cancelled, and its process is gone', async () => {
  const warehouse = tempDir();
  const parent = spawn(process.execPath, ['--input-type=module', '-e', parentScript(warehouse)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  parent.kill('SIGKILL');
  await vi.waitUntil(() => statusesOf(readEvents(warehouse, 'j')).length === 3, { timeout: 10_000 });
  const events = readEvents(warehouse, 'j');

  expect(ofKind(events, 'job.status').at(-1)).toMatchObject({
    status: 'cancelled',
    error_message: 'the process that started the job has ended',
  });
  await sleep(500);
  expect(stateOf(pidOf(events))).toMatch(/^(Z.*)?$/);
});

/** Empty for a process that is gone, `Z` for one that only waits to be counted by the init process. */
const stateOf = (pid: number) =>
  spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();

/** Runs a job as a user's program would, and says when its first frame is done. */
const parentScript = (warehouse: string) => `
  import { runJob } from ${JSON.stringify(new URL('../../dist/inference/index.js', import.meta.url))};
  const onProgress = () => process.stdout.write('.');
  await runJob(${JSON.stringify({ warehouse, plugin, input: clipPath, jobId: 'j' }).replace(/}$/, ', onProgress }')});
`;
