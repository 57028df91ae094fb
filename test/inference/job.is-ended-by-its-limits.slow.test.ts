import { describe, expect, test } from 'vitest';
import { type JobOptions, type JobResult, runJob } from '../../src/inference/index.ts';
import { readSettings, type SettingName } from '../../src/settings.ts';
import { clipPath } from './football.ts';
import { type Line, ofKind, readEvents, statusesOf } from './inbox.ts';
import { commandPlugin, modulePlugin } from './module-plugin.ts';
import { leftOf, pidOf } from './processes.ts';
import { tempDir } from './temp-dir.ts';

const spin = 'while (true) {}';

describe('a plugin that crashes', () => {
  test('leaves an error with the signal and the last frame, and the events of the frames before', async () => {
    const { result, events } = await run(`if (frame === 2) process.kill(process.pid, 'SIGSEGV');`);
    const message = 'the process of the job was ended by SIGSEGV; frame 1 was the last that was done';

    expect(result).toMatchObject({ status: 'error', frameCount: 2, error: { code: 'job_failed', message } });
    expect(framesOf(events)).toEqual([0, 1]);
    expect(ofKind(events, 'job.status').at(-1)).toMatchObject({
      status: 'error',
      error_message: message,
      attrs: { code: 'job_failed', signal: 'SIGSEGV', last_frame_index: 1 },
    });
  });

  test('in its first frame is told as well', async () => {
    const { result } = await run(`process.kill(process.pid, 'SIGABRT');`);

    expect(result.error?.message).toContain('SIGABRT; no frame was done');
  });
});

describe('a frame that takes too long ends its job as an error', () => {
  test('by force where the process is blocked', async () => {
    const { result, events } = await run(`if (frame === 1) ${spin}`, { frame_timeout_ms: 1_500 });
    const message =
      'the job needs more than 1500 ms (frame_timeout_ms) to finish frame 1; frame 0 was the last that was done';

    expect(result).toMatchObject({ status: 'error', error: { code: 'job_timeout', message } });
    expect(framesOf(events)).toEqual([0]);
    expect(ofKind(events, 'stream.opened').map((line) => line.process)).toEqual(['job', 'job-parent']);
    expect(leftOf(pidOf(events))).toEqual([]);
  });

  test('in order where it can still write, with what it has', async () => {
    const { result, events } = await run('if (frame === 1) await new Promise(() => {});', { frame_timeout_ms: 1_500 });

    expect(result).toMatchObject({ status: 'error', frameCount: 1, error: { code: 'job_timeout' } });
    expect(ofKind(events, 'stream.opened').map((line) => line.process)).toEqual(['job']);
    expect(ofKind(events, 'plugin.run').at(-1)).toMatchObject({
      frame_index: 1,
      success: false,
      error_message: expect.stringContaining('frame_timeout_ms'),
    });
  });

  test('with the command that hangs, whatever that thinks of it', async () => {
    const pluginDirs = [commandPlugin('sh', '-c', 'trap "" TERM HUP; sleep 600')];
    const { result, events } = await runOf({ pluginDirs }, { frame_timeout_ms: 1_500 });

    expect(result).toMatchObject({ status: 'error', error: { code: 'job_timeout' } });
    expect(leftOf(pidOf(events))).toEqual([]);
  });
});

test('a job that takes too long as a whole is ended as an error', async () => {
  const { result } = await run('await new Promise((resolve) => setTimeout(resolve, 300));', { job_timeout_ms: 2_500 });

  expect(result).toMatchObject({ status: 'error', error: { message: expect.stringContaining('(job_timeout_ms)') } });
});

test('a plugin that does not open is ended as an error', async () => {
  const pluginDirs = [modulePlugin('', 'await new Promise(() => setInterval(() => {}, 1000));')];
  const { result } = await runOf({ pluginDirs }, { job_open_timeout_ms: 2_000 });

  expect(result).toMatchObject({
    status: 'error',
    error: { message: expect.stringContaining('(job_open_timeout_ms)') },
  });
});

test('a plugin that takes more and more memory is ended as an error before the machine is full', async () => {
  const hog = `globalThis.kept = []; if (frame === 1) {
    for (let i = 0; i < 20; i++) kept.push(Buffer.alloc(2 ** 25, 1));
    ${spin} }`;
  const { result, events } = await run(hog, { job_memory_bytes_max: 600 * 2 ** 20 });

  expect(result).toMatchObject({ status: 'error', error: { code: 'job_memory' } });
  expect(result.error?.message).toMatch(/uses \d{9} bytes of memory; job_memory_bytes_max is 629145600; frame 0 was/);
  expect(framesOf(events)).toEqual([0]);
});

const framesOf = (events: readonly Line[]) =>
  ofKind(events, 'plugin.run')
    .filter(({ success }) => success)
    .map(({ frame_index }) => frame_index);

const run = (body: string, given: { readonly [N in SettingName]?: unknown } = {}) =>
  runOf({ pluginDirs: [modulePlugin(body)] }, given);

async function runOf(
  options: Partial<JobOptions>,
  given: { readonly [N in SettingName]?: unknown },
): Promise<{ readonly result: JobResult; readonly events: readonly Line[] }> {
  const warehouse = tempDir();
  const settings = readSettings(given);
  const result = await runJob({ warehouse, plugin: 'made', input: clipPath, framesMax: 20, settings, ...options });
  const events = readEvents(warehouse, result.jobId);
  expect(statusesOf(events).at(-1)).toBe(result.status);
  return { result, events };
}
