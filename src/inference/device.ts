/** Execution providers by onnxruntime's names. */
export const providerNames = ['cpu', 'cuda', 'tensorrt', 'webgpu', 'coreml', 'dml'] as const;

export type Provider = (typeof providerNames)[number];

export type Device = 'cpu' | 'gpu';

/** A provider that was tried, and how it went. */
export interface Attempt {
  readonly provider: Provider;
  readonly ok: boolean;
  /** How many nodes of the model each provider ran, in a short profile; absent where no model was profiled. */
  readonly nodes?: Readonly<Record<string, number>>;
  /** The original error text. */
  readonly reason?: string;
  /** What the provider printed meanwhile: often the name of the file that it missed. */
  readonly output?: string;
  /** Where an earlier attempt is believed: when that was, ISO 8601. */
  readonly foundAt?: string;
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
  /** Rejects instead of falling back to what was not asked for. */
  readonly strict: boolean;
  /** Devices that the plugin may run on. */
  readonly allowed: readonly Device[];
  /** What is tried, in this order. */
  readonly providers: readonly Provider[];
}

export const deviceOf = (provider: Provider): Device => (provider === 'cpu' ? 'cpu' : 'gpu');

/** What `cpu`, `gpu` or a list of providers means here: a list stands for the device of its first. */
export function askedOf(asked: Device | readonly Provider[]): Pick<DeviceRequest, 'device' | 'providers'> {
  if (asked === 'cpu') return { device: 'cpu', providers: ['cpu'] };
  if (asked === 'gpu') return { device: 'gpu', providers: gpuProvidersOf(process.platform, process.arch) };
  return { device: asked[0] === undefined ? 'cpu' : deviceOf(asked[0]), providers: asked };
}

/**
 * The device that a job runs on: that of the first provider whose probe succeeds, else the CPU, which is not probed.
 * Nothing is thrown: a rejection is a choice of `none`, to be recorded like any other.
 */
export async function chooseDevice(
  request: DeviceRequest,
  probe: (provider: Provider) => Promise<Attempt>,
): Promise<DeviceChoice> {
  const { device, strict, allowed } = request;
  const attempts: Attempt[] = [];
  const providers = request.providers.filter((provider) => allowed.includes(deviceOf(provider)));
  const mayFallBack = !strict && device !== 'cpu' && allowed.includes('cpu') && !providers.includes('cpu');
  for (const provider of mayFallBack ? [...providers, 'cpu' as const] : providers) {
    const attempt = provider === 'cpu' ? { provider, ok: true } : await probe(provider);
    attempts.push(attempt);
    if (attempt.ok) return chosen(request, provider, attempts);
  }
  const reason = reasonOf(request, attempts);
  return { requested: device, used: 'none', provider: undefined, fallback: false, attempts, reason };
}

function chosen(request: DeviceRequest, provider: Provider, attempts: readonly Attempt[]): DeviceChoice {
  const used = deviceOf(provider);
  const fallback = used !== request.device;
  const choice = { requested: request.device, used, provider, fallback, attempts };
  return fallback ? { ...choice, reason: reasonOf(request, attempts) } : choice;
}

function reasonOf({ device, allowed, providers }: DeviceRequest, attempts: readonly Attempt[]): string {
  if (!allowed.includes(device)) return `the plugin does not run on ${device === 'cpu' ? 'the CPU' : 'a GPU'}`;
  if (providers.length === 0) return `no GPU provider exists for ${process.platform} on ${process.arch}`;
  const failed = attempts.filter(({ ok }) => !ok);
  return failed.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
}

/** GPU providers that onnxruntime-node has for a platform, best first. Only a probe says which of them run. */
export function gpuProvidersOf(platform: NodeJS.Platform, arch: string): readonly Provider[] {
  if (platform === 'linux') return arch === 'x64' ? ['cuda', 'webgpu'] : [];
  if (platform === 'darwin') return ['coreml', 'webgpu'];
  if (platform === 'win32') return ['dml', 'webgpu'];
  return [];
}
