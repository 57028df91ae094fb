import {
  type Attempt,
  deviceOf,
  type ListedPlugin,
  listPlugins,
  type Provider,
  probeCachePath,
  probeMachine,
} from '../inference/index.ts';
import type { Settings } from '../settings.ts';

export interface DeviceFound {
  readonly provider: Provider;
  readonly device: 'cpu' | 'gpu';
  readonly ok: boolean;
  readonly reason: string | null;
  readonly found_at: string | null;
}

/** What this machine can run. What was found is believed for a moment, whoever asks: reading models and probing take long. */
export interface Machine {
  plugins(): Promise<readonly ListedPlugin[]>;
  devices(): Promise<readonly DeviceFound[]>;
}

const pluginsHoldMs = 2_000;
const devicesHoldMs = 10 * 60_000;

export function openMachine(settings: Settings, pluginDirs: readonly string[]): Machine {
  return {
    plugins: held(pluginsHoldMs, () => listPlugins(pluginDirs)),
    devices: held(devicesHoldMs, async () => {
      const attempts = await probeMachine(probeCachePath(settings.probe_cache), { isFresh: false });
      return attempts.map(foundOf);
    }),
  };
}

/** Those who ask at once share one look; one that failed is not kept. */
function held<T>(holdMs: number, look: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly found: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (last !== undefined && now - last.at < holdMs) return last.found;
    const found = look();
    last = { at: now, found };
    found.catch(() => {
      last = undefined;
    });
    return found;
  };
}

const foundOf = ({ provider, ok, reason, foundAt }: Attempt): DeviceFound => ({
  provider,
  device: deviceOf(provider),
  ok,
  reason: reason ?? null,
  found_at: foundAt ?? null,
});
