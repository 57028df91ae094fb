import { describe, expect, test } from 'vitest';
import { type Attempt, askedOf, chooseDevice, type DeviceRequest, gpuProvidersOf } from '../../src/inference/device.ts';
import { modelInputOf } from '../../src/inference/input.ts';
import { judged, type ProbeModel, probeDevices, probeNow } from '../../src/inference/probe.ts';
import { nodesByProvider, shareOfNodes } from '../../src/inference/profile.ts';
import { findPlugin, type ModelPlugin } from '../../src/inference/registry.ts';
import type { Provider } from '../../src/inference/runtime.ts';

const request: DeviceRequest = {
  device: 'gpu',
  strict: false,
  allowed: ['cpu', 'gpu'],
  providers: ['cuda', 'webgpu'],
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
    const choice = await chooseDevice({ ...request, ...askedOf('cpu'), allowed: ['gpu'] }, machineWith('cuda'));
    expect(choice).toMatchObject({ used: 'none', reason: 'the plugin does not run on the CPU' });
  });

  test('is no fallback where the CPU was asked for', async () => {
    const choice = await chooseDevice({ ...request, ...askedOf('cpu') }, machineWith('cuda'));
    expect(choice).toMatchObject({ used: 'cpu', fallback: false });
  });

  test('is the first that runs of a list of providers, whatever stands behind it', async () => {
    const asked = askedOf(['webgpu', 'cuda']);
    const choice = await chooseDevice({ ...request, ...asked }, machineWith('cuda', 'webgpu'));
    expect(choice).toMatchObject({ requested: 'gpu', used: 'gpu', provider: 'webgpu', fallback: false });
  });

  test('is the CPU where the list names it, and a fallback all the same, strict or not', async () => {
    const choice = await chooseDevice({ ...request, ...askedOf(['cuda', 'cpu']), strict: true }, machineWith());
    expect(choice).toMatchObject({ requested: 'gpu', used: 'cpu', fallback: true, reason: 'cuda: no cuda here' });
  });

  test('is none where no provider of the list runs and falling back is not allowed', async () => {
    const choice = await chooseDevice({ ...request, ...askedOf(['webgpu']), strict: true }, machineWith('cuda'));
    expect(choice).toMatchObject({ used: 'none', reason: 'webgpu: no webgpu here' });
  });

  test('knows a platform without any GPU provider', async () => {
    const choice = await chooseDevice({ ...request, providers: gpuProvidersOf('linux', 'arm64') }, machineWith());
    expect(choice).toMatchObject({ used: 'cpu', reason: expect.stringContaining('no GPU provider exists') });
  });
});

describe('a provider that loads', () => {
  test('and runs a part of the model is used, and its part is told', () => {
    const nodes = { webgpu: 38, cpu: 2 };
    expect(judged({ provider: 'webgpu', ok: true }, nodes)).toEqual({ provider: 'webgpu', ok: true, nodes });
    expect(shareOfNodes(nodes)).toEqual({ webgpu: 0.95, cpu: 0.05 });
  });

  test('and runs no node is not called used', () => {
    expect(judged({ provider: 'webgpu', ok: true }, { cpu: 40 })).toMatchObject({
      ok: false,
      reason: 'it loads, and runs none of the model’s nodes: cpu ran 40',
    });
  });

  test('is found by its name in a profile', () => {
    const node = (provider: string, node_index: string) => ({ cat: 'Node', args: { provider, node_index } });
    const events = [
      { cat: 'Session', name: 'model_run' },
      node('WebGpuExecutionProvider', '0'),
      node('WebGpuExecutionProvider', '1'),
      node('WebGpuExecutionProvider', '1'),
      node('CPUExecutionProvider', '2'),
    ];
    expect(nodesByProvider(JSON.stringify(events))).toEqual({ webgpu: 2, cpu: 1 });
  });
});

describe('the probe of a provider', () => {
  test('finds that the CPU runs', async () => {
    expect(await probeNow('cpu')).toEqual({ provider: 'cpu', ok: true });
  });

  test('tells the original error of one that this platform does not have', async () => {
    expect(await probeNow('bogus' as Provider)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('[bogus] backend not found'),
    });
  });

  test('counts which provider ran the nodes of the model', async () => {
    const attempt = await probeNow('cpu', { model: await playerTracker() });
    expect(attempt).toMatchObject({ ok: true, nodes: { cpu: expect.toSatisfy((count: number) => count > 10) } });
  });

  test('survives a model that cannot be read', async () => {
    const model = {
      modelPath: 'nowhere.onnx',
      input: { name: 'x', type: 'float32', shape: [1], constants: [] },
    } as const;
    expect(await probeNow('cpu', { model })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('nowhere.onnx'),
    });
  });

  test('ends with the job that asked for it', async () => {
    const attempt = await probeNow('cpu', { signal: AbortSignal.abort() });
    expect(attempt).toMatchObject({ ok: false, reason: expect.stringContaining('SIGKILL') });
  });

  test('goes through every provider of this platform, the CPU last', async () => {
    const attempts = await probeDevices();
    const providers = [...gpuProvidersOf(process.platform, process.arch), 'cpu'];

    expect(attempts.map(({ provider }) => provider)).toEqual(providers);
    expect(attempts.at(-1)).toEqual({ provider: 'cpu', ok: true });
  });
});

async function playerTracker(): Promise<ProbeModel> {
  const { modelPath, manifest } = (await findPlugin('player-tracker')) as ModelPlugin;
  return { modelPath, input: modelInputOf(manifest.input) };
}
