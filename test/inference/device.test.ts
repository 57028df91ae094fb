import { describe, expect, test } from 'vitest';
import { type Attempt, chooseDevice, type DeviceRequest, gpuProvidersOf } from '../../src/inference/device.ts';
import { probe, probeDevices } from '../../src/inference/probe.ts';
import type { Provider } from '../../src/inference/runtime.ts';

const request: DeviceRequest = {
  device: 'gpu',
  strict: false,
  allowed: ['cpu', 'gpu'],
  gpuProviders: ['cuda', 'webgpu'],
};

/** A machine on which these providers run. */
const machineWith = (...running: readonly Provider[]) => {
  return async (provider: Provider): Promise<Attempt> =>
    running.includes(provider) ? { provider, ok: true } : { provider, ok: false, reason: `no ${provider} here` };
};

describe('the choice of a device', () => {
  test('is the first provider of a GPU that runs', async () => {
    const choice = await chooseDevice(request, machineWith('webgpu'));
    expect(choice).toEqual({
      requested: 'gpu',
      used: 'gpu',
      provider: 'webgpu',
      fallback: false,
      attempts: [
        { provider: 'cuda', ok: false, reason: 'no cuda here' },
        { provider: 'webgpu', ok: true },
      ],
    });
  });

  test('falls back to the CPU with every reason', async () => {
    const choice = await chooseDevice(request, machineWith());
    expect(choice).toMatchObject({
      used: 'cpu',
      provider: 'cpu',
      fallback: true,
      reason: 'cuda: no cuda here; webgpu: no webgpu here',
    });
  });

  test('is none when falling back is not allowed', async () => {
    const choice = await chooseDevice({ ...request, strict: true }, machineWith());
    expect(choice).toMatchObject({ used: 'none', fallback: false, reason: expect.stringContaining('no cuda here') });
  });

  test('of a plugin that runs on the CPU only is the CPU, without a probe', async () => {
    const choice = await chooseDevice({ ...request, allowed: ['cpu'] }, machineWith('cuda'));
    expect(choice).toMatchObject({ used: 'cpu', fallback: true, reason: 'the plugin does not run on a GPU' });
    expect(choice.attempts).toEqual([{ provider: 'cpu', ok: true }]);
  });

  test('of a plugin that runs on a GPU only is never the CPU', async () => {
    const choice = await chooseDevice({ ...request, device: 'cpu', allowed: ['gpu'] }, machineWith('cuda'));
    expect(choice).toMatchObject({ used: 'none', reason: 'the plugin does not run on the CPU' });
  });

  test('is no fallback where the CPU was asked for', async () => {
    const choice = await chooseDevice({ ...request, device: 'cpu' }, machineWith('cuda'));
    expect(choice).toMatchObject({ used: 'cpu', fallback: false });
  });

  test('knows a platform without any GPU provider', async () => {
    const choice = await chooseDevice({ ...request, gpuProviders: gpuProvidersOf('linux', 'arm64') }, machineWith());
    expect(choice).toMatchObject({ used: 'cpu', reason: expect.stringContaining('no GPU provider exists') });
  });
});

describe('the probe of a provider', () => {
  test('finds that the CPU runs', async () => {
    expect(await probe('cpu')).toEqual({ provider: 'cpu', ok: true });
  });

  test('tells the original error of one that this platform does not have', async () => {
    expect(await probe('bogus' as Provider)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('[bogus] backend not found'),
    });
  });

  test('survives a model that cannot be read', async () => {
    const model = { modelPath: 'nowhere.onnx', input: { name: 'x', type: 'float32', shape: [1] } } as const;
    expect(await probe('cpu', { model })).toMatchObject({ ok: false, reason: expect.stringContaining('nowhere.onnx') });
  });

  test('ends with the job that asked for it', async () => {
    const attempt = await probe('cpu', { signal: AbortSignal.abort() });
    expect(attempt).toMatchObject({ ok: false, reason: expect.stringContaining('SIGKILL') });
  });

  test('goes through every provider of this platform, the CPU last', async () => {
    const attempts = await probeDevices();
    const providers = [...gpuProvidersOf(process.platform, process.arch), 'cpu'];

    expect(attempts.map(({ provider }) => provider)).toEqual(providers);
    expect(attempts.at(-1)).toEqual({ provider: 'cpu', ok: true });
  });
});
