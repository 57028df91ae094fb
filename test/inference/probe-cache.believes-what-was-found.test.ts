import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { knownProbes, openProbes } from '../../src/inference/probe-cache.ts';
import { tempDir } from './temp-dir.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

test('what was found is believed, with when, by whoever opens the file later', async () => {
  const path = join(tempDir(), 'siltstone', 'probes.json');
  const first = await (await openProbes(path)).probe('webgpu');
  const second = await (await openProbes(path)).probe('webgpu');

  expect(first).toMatchObject({ ok: false, reason: expect.stringContaining('WebGPU adapter') });
  expect(second).toEqual({ ...first, foundAt: expect.stringMatching(/^\d{4}-.*Z$/) });
});

test('a failure is believed for ten minutes, a success for a week', async () => {
  const path = join(tempDir(), 'probes.json');
  const probes = await openProbes(path);
  await probes.probe('webgpu');
  await probes.probe('cpu');
  const providersAfter = async (ms: number) => (await knownProbes(path, Date.now() + ms)).map((one) => one.provider);

  expect(await providersAfter(5 * minuteMs)).toEqual(['cpu', 'webgpu']);
  expect(await providersAfter(11 * minuteMs)).toEqual(['cpu']);
  expect(await providersAfter(8 * dayMs)).toEqual([]);
  expect(await providersAfter(-dayMs)).toEqual([]);
});

test('nothing is believed once a variable that chooses drivers has changed', async () => {
  const path = join(tempDir(), 'probes.json');
  await (await openProbes(path)).probe('cpu');
  vi.stubEnv('CUDA_VISIBLE_DEVICES', '7');

  expect(await knownProbes(path)).toEqual([]);
  vi.unstubAllEnvs();
  expect(await knownProbes(path)).toHaveLength(1);
});

test('what was found for one model says nothing of another', async () => {
  const path = join(tempDir(), 'probes.json');
  const model = {
    modelPath: 'nowhere.onnx',
    input: { name: 'x', type: 'float32', shape: [1], constants: [] },
  } as const;
  const probes = await openProbes(path);
  await probes.probe('cpu');
  const attempt = await (await openProbes(path)).probe('cpu', { model: { ...model, sha256: 'b'.repeat(64), id: 'p' } });

  expect(attempt).toMatchObject({ ok: false, reason: expect.stringContaining('nowhere.onnx') });
  expect(await knownProbes(path)).toMatchObject([{ plugin: 'p', ok: false }, { ok: true }]);
});

test('a provider that cannot run the smallest model is not tried with another', async () => {
  const path = join(tempDir(), 'probes.json');
  const model = {
    modelPath: 'nowhere.onnx',
    input: { name: 'x', type: 'float32', shape: [1], constants: [] },
  } as const;
  const found = await (await openProbes(path)).probe('webgpu');
  const attempt = await (await openProbes(path)).probe('webgpu', {
    model: { ...model, sha256: 'c'.repeat(64), id: 'p' },
  });

  expect(attempt).toMatchObject({ reason: found.reason, foundAt: expect.any(String) });
});

test('a probe that was cut short is not kept', async () => {
  const path = join(tempDir(), 'probes.json');
  await (await openProbes(path)).probe('cpu', { signal: AbortSignal.abort() });

  expect(await knownProbes(path)).toEqual([]);
});

test('a file that is damaged, or in a place that cannot be written to, costs a probe and no more', async () => {
  const path = join(tempDir(), 'probes.json');
  writeFileSync(path, '[{"provider":');
  await (await openProbes(path)).probe('cpu');

  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject([{ provider: 'cpu', ok: true }]);
  expect(await (await openProbes(join(path, 'below', 'a-file.json'))).probe('cpu')).toEqual({
    provider: 'cpu',
    ok: true,
  });
});
