import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type JobOptions, type JobResult, runJob } from '../../src/inference/index.ts';
import { clipPath } from './football.ts';
import { type Line, ofKind, readEvents, statusesOf } from './inbox.ts';
import { tempDir } from './temp-dir.ts';

describe('a job that cannot run ends with an error, and says so in the warehouse:', () => {
  test('a plugin that is not there', async () => {
    const { result, events } = await run({ plugin: 'nope' });

    expect(result).toMatchObject({ status: 'error', error: { code: 'bad_usage' } });
    expect(ofKind(events, 'job.status').at(-1)).toMatchObject({
      plugin: 'nope',
      status: 'error',
      error_message: expect.stringMatching(/^there is no plugin nope; there are: .*player-tracker/),
    });
  });

  test('a tool that the plugin does not have', async () => {
    const { result } = await run({ tool: 'count' });
    expect(result).toMatchObject({ status: 'error', error: { code: 'bad_usage' } });
  });

  test('a model that was changed', async () => {
    const dir = tempDir();
    const builtIn = fileURLToPath(new URL('../../plugins/player-tracker', import.meta.url));
    await cp(builtIn, join(dir, 'changed'), { recursive: true });
    await writeFile(join(dir, 'changed', 'model.onnx'), 'another model');
    const { result } = await run({ plugin: 'changed', pluginDirs: [dir] });

    expect(result).toMatchObject({
      status: 'error',
      error: { code: 'plugin_broken', message: expect.stringContaining('sha256') },
    });
  });

  test('a text with the name of a video', async () => {
    const input = join(tempDir(), 'notes.mp4');
    await writeFile(input, 'these are only words\n'.repeat(100));
    const { result, events } = await run({ input });

    expect(result).toMatchObject({ status: 'error', error: { code: 'media_unreadable' } });
    expect(statusesOf(events)).toEqual(['queued', 'error']);
  });

  test('an empty file', async () => {
    const input = join(tempDir(), 'empty.mp4');
    await writeFile(input, '');
    const { result } = await run({ input });
    expect(result).toMatchObject({ status: 'error', error: { message: `${input} is empty` } });
  });

  test('a file that is missing', async () => {
    const { result } = await run({ input: join(tempDir(), 'nowhere.mp4') });
    expect(result).toMatchObject({ status: 'error', error: { code: 'file_not_readable' } });
  });
});

describe('a job that asks for a GPU where there is none', () => {
  test('runs on the CPU, and tells each provider’s own error', async () => {
    const { result, events } = await run({ device: 'gpu', framesMax: 2 });

    expect(result).toMatchObject({ status: 'done', device: { requested: 'gpu', used: 'cpu', fallback: true } });
    expect(ofKind(events, 'device.usage')).toMatchObject([
      {
        device_requested: 'gpu',
        device_used: 'cpu',
        fallback: true,
        provider: 'cpu',
        attempts: [
          { provider: 'cuda', ok: false, reason: expect.stringContaining('Failed to load shared library') },
          { provider: 'webgpu', ok: false, reason: expect.stringContaining('Failed to get a WebGPU adapter') },
          { provider: 'cpu', ok: true },
        ],
      },
    ]);
    expect(ofKind(events, 'job.status').map(({ device }) => device)).toEqual(['gpu', 'cpu', 'cpu']);
  });

  test('by the names of providers tries these in their order, and says so', async () => {
    const { result, events } = await run({ device: ['webgpu', 'cuda'], framesMax: 1 });

    expect(result).toMatchObject({ status: 'done', device: { requested: 'gpu', used: 'cpu', fallback: true } });
    expect(ofKind(events, 'device.usage')).toMatchObject([
      {
        device_requested: 'gpu',
        attempts: [{ provider: 'webgpu' }, { provider: 'cuda' }, { provider: 'cpu' }],
        attrs: { providers_requested: ['webgpu', 'cuda'] },
      },
    ]);
  });

  test('fails when it may not fall back, and the rejection is recorded', async () => {
    const { result, events } = await run({ device: 'gpu', strictDevice: true });

    expect(result).toMatchObject({ status: 'error', error: { code: 'device_unavailable' } });
    expect(statusesOf(events)).toEqual(['queued', 'error']);
    expect(ofKind(events, 'device.usage')).toMatchObject([
      { device_used: 'none', fallback: false, reason: expect.stringContaining('cuda: ') },
    ]);
  });
});

describe('a job of which nothing can be recorded is an exception:', () => {
  test('a warehouse that is a file', async () => {
    const warehouse = join(tempDir(), 'warehouse');
    await writeFile(warehouse, '');
    const job = runJob({ warehouse, plugin: 'player-tracker', input: clipPath });

    await expect(job).rejects.toMatchObject({ code: 'warehouse_not_writable' });
  });

  test('a job id that is a path', async () => {
    const job = runJob({ warehouse: tempDir(), plugin: 'player-tracker', input: clipPath, jobId: '../elsewhere' });

    await expect(job).rejects.toMatchObject({ code: 'bad_usage' });
  });
});

async function run(
  options: Partial<JobOptions>,
): Promise<{ readonly result: JobResult; readonly events: readonly Line[] }> {
  const warehouse = tempDir();
  const result = await runJob({ warehouse, plugin: 'player-tracker', input: clipPath, ...options });
  return { result, events: readEvents(warehouse, result.jobId) };
}
