import type { Provider } from './runtime.ts';

export type Device = 'cpu' | 'gpu';

/** A provider that was tried, and how it went. */
export interface Attempt {
  readonly provider: Provider;
  readonly ok: boolean;
  /** The original error text. */
  readonly reason?: string;
  /** What the provider printed meanwhile: often the name of the file that it missed. */
  readonly output?: string;
}

/** What was decided and why; `used` is `none` when nothing was left that may run. */
export interface DeviceChoice {
  readonly requested: Device;
  readonly used: Device | 'none';
  readonly provider: Provider | undefined;
  readonly fallback: boolean;
  readonly attempts: readonly Attempt[];
  readonly reason?: string;
}

export interface DeviceRequest {
  readonly device: Device;
  /** Rejects instead of falling back. */
  readonly strict: boolean;
  /** Devices that the plugin may run on. */
  readonly allowed: readonly Device[];
  /** GPU providers in the order of preference. */
  readonly gpuProviders: readonly Provider[];
}

/**
 * The device that a job runs on: the first GPU provider whose probe succeeds when `gpu` is asked for, else the CPU.
 * Nothing is thrown: a rejection is a choice of `none`, to be recorded like any other.
 */
export async function chooseDevice(
  request: DeviceRequest,
  probe: (provider: Provider) => Promise<Attempt>,
): Promise<DeviceChoice> {
  const { device, allowed } = request;
  const attempts: Attempt[] = [];
  if (device === 'gpu' && allowed.includes('gpu')) {
    for (const provider of request.gpuProviders) {
      const attempt = await probe(provider);
      attempts.push(attempt);
      if (attempt.ok) return { requested: device, used: 'gpu', provider, fallback: false, attempts };
    }
  }
  return withoutGpu(request, attempts);
}

function withoutGpu({ device, strict, allowed }: DeviceRequest, attempts: readonly Attempt[]): DeviceChoice {
  const onCpu = { requested: device, used: 'cpu', provider: 'cpu', fallback: device !== 'cpu' } as const;
  const cpuAttempts: readonly Attempt[] = [...attempts, { provider: 'cpu', ok: true }];
  if (device === 'cpu' && allowed.includes('cpu')) return { ...onCpu, attempts: cpuAttempts };
  const reason = device === 'cpu' ? 'the plugin does not run on the CPU' : gpuReason(allowed, attempts);
  if (device === 'gpu' && allowed.includes('cpu') && !strict) return { ...onCpu, attempts: cpuAttempts, reason };
  return { requested: device, used: 'none', provider: undefined, fallback: false, attempts, reason };
}

function gpuReason(allowed: readonly Device[], attempts: readonly Attempt[]): string {
  if (!allowed.includes('gpu')) return 'the plugin does not run on a GPU';
  if (attempts.length === 0) return `no GPU provider exists for ${process.platform} on ${process.arch}`;
  return attempts.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
}

/** GPU providers that onnxruntime-node has for a platform, best first. Only a probe says which of them run. */
export function gpuProvidersOf(platform: NodeJS.Platform, arch: string): readonly Provider[] {
  if (platform === 'linux') return arch === 'x64' ? ['cuda', 'webgpu'] : [];
  if (platform === 'darwin') return ['coreml', 'webgpu'];
  if (platform === 'win32') return ['dml', 'webgpu'];
  return [];
}
