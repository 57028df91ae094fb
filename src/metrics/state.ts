import { reserveOf } from '../compactor/index.ts';
import { knownProbes, listPlugins, type Provider, probeCachePath } from '../inference/index.ts';
import type { Snapshot, Storage } from '../lake/index.ts';
import type { Settings } from '../settings.ts';
import type { StateFamily } from './families.ts';
import type { Followed } from './follow.ts';
import { oldestOf, type Pending } from './pending.ts';
import type { OpenJob } from './totals.ts';

/** Values of a family, each with its labels in the family's order. */
export interface StateValue {
  readonly labels: readonly string[];
  readonly value: number;
}

/** How this process itself fares. */
export interface Upkeep {
  /** ms since 1970. */
  readonly refreshedAt: number;
  readonly refreshMs: number;
  readonly failures: number;
  readonly rebuilds: number;
}

/** What is looked at for one refresh. */
export interface State {
  readonly followed: Followed;
  readonly pending: Pending;
  readonly pendingEvents: number;
  readonly space: { readonly freeBytes: number; readonly totalBytes: number; readonly reserveBytes: number };
  readonly plugins: readonly PluginFacts[];
  readonly providers: readonly (readonly [provider: Provider, isAvailable: boolean])[];
  readonly version: string;
  readonly upkeep: Upkeep;
}

interface PluginFacts {
  readonly id: string;
  readonly version: string;
  readonly sha256: string;
  readonly dialect: string;
}

export type StateSettings = Pick<Settings, 'disk_reserve_bytes' | 'probe_cache'>;

/** What is not in the lake: the disk, the plugins and the devices of this machine. */
export async function lookAround(
  storage: Storage,
  settings: StateSettings,
  pluginDirs: readonly string[],
): Promise<Pick<State, 'space' | 'plugins' | 'providers'>> {
  const space = await storage.space();
  const plugins = (await listPlugins(pluginDirs)).flatMap((one) => (one.state === 'ready' ? [one.plugin] : []));
  const probes = await knownProbes(probeCachePath(settings.probe_cache));
  const found = new Map(probes.filter(({ plugin }) => plugin === undefined).map((one) => [one.provider, one.ok]));
  for (const { provider, ok } of probes) if (ok) found.set(provider, true);
  return {
    space: { ...space, reserveBytes: reserveOf(space, settings) },
    plugins: plugins.map(({ form, manifest }) => ({
      id: manifest.id,
      version: manifest.version,
      sha256: form === 'model' ? manifest.model.sha256 : '',
      dialect: manifest.dialect ?? '',
    })),
    providers: [...found.set('cpu', true)],
  };
}

type Described = StateFamily & { valuesOf(state: State): readonly StateValue[] };

const one = (value: number | undefined): readonly StateValue[] => (value === undefined ? [] : [{ labels: [], value }]);

const states = ['queued', 'running'] as const;

const openIn = ({ followed }: State, state: string): readonly OpenJob[] =>
  [...followed.shown.open.values()].filter(({ status }) => status === state);

function oldestQueued(state: State): number | undefined {
  const times = openIn(state, 'queued').map(({ at }) => at / 1e6);
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}

const bytesOf = ({ files }: Snapshot): number => [...files.values()].reduce((sum, { size }) => sum + size, 0);

const gauge = (
  name: string,
  page: Described['page'],
  help: string,
  valuesOf: Described['valuesOf'],
  labels: readonly string[] = [],
): Described => ({ name, type: 'gauge', help, labels, page, valuesOf });

const counter = (...args: Parameters<typeof gauge>): Described => ({ ...gauge(...args), type: 'counter' });

/** What says how things are, or how this process fares. Ages are told as times: `time()` less one is the age. */
export const stateFamilies: readonly Described[] = [
  gauge(
    'siltstone_jobs_in_state',
    'job',
    'Jobs that have not ended, by their state',
    (state) => states.map((name) => ({ labels: [name], value: openIn(state, name).length })),
    ['state'],
  ),
  gauge(
    'siltstone_job_oldest_queued_timestamp_seconds',
    'job',
    'Since when the job that has waited longest is queued; absent where none is',
    (state) => one(oldestQueued(state)),
  ),
  gauge('siltstone_lake_version', 'job', 'Version of the lake that the counts are of', ({ followed }) =>
    one(followed.snapshot.version),
  ),
  gauge('siltstone_lake_files', 'job', 'Live files of the lake', ({ followed }) => one(followed.snapshot.files.size)),
  gauge('siltstone_lake_bytes', 'job', 'Bytes of the live files', ({ followed }) => one(bytesOf(followed.snapshot))),
  gauge('siltstone_inbox_pending_events', 'job', 'Events that wait for compaction', ({ pendingEvents }) =>
    one(pendingEvents),
  ),
  gauge(
    'siltstone_inbox_oldest_pending_timestamp_seconds',
    'job',
    'When this server noticed the oldest line that waits for compaction; absent where none does',
    ({ pending }) => one(secondsOf(oldestOf(pending))),
  ),
  gauge('siltstone_disk_free_bytes', 'job', 'Free bytes of the warehouse’s disk', ({ space }) => one(space.freeBytes)),
  gauge('siltstone_disk_size_bytes', 'job', 'Bytes of the warehouse’s disk', ({ space }) => one(space.totalBytes)),
  gauge('siltstone_disk_reserve_bytes', 'job', 'Bytes that compaction leaves free', ({ space }) =>
    one(space.reserveBytes),
  ),
  gauge(
    'siltstone_plugin_info',
    'plugin',
    'Plugins that can run here; always 1',
    ({ plugins }) =>
      plugins.map(({ id, version, sha256, dialect }) => ({ labels: [id, version, sha256, dialect], value: 1 })),
    ['plugin', 'version', 'model_sha256', 'dialect'],
  ),
  gauge(
    'siltstone_device_available',
    'device',
    'Whether an execution provider was found to run here; absent where it was not tried',
    ({ providers }) => providers.map(([provider, ok]) => ({ labels: [provider], value: ok ? 1 : 0 })),
    ['provider'],
  ),
  gauge(
    'siltstone_build_info',
    'job',
    'Version of siltstone; always 1',
    ({ version }) => [{ labels: [version], value: 1 }],
    ['version'],
  ),
  gauge(
    'siltstone_metrics_refreshed_timestamp_seconds',
    'job',
    'When the counts were brought up to date last',
    (state) => one(secondsOf(state.upkeep.refreshedAt)),
  ),
  gauge('siltstone_metrics_refresh_duration_seconds', 'job', 'How long that took', ({ upkeep }) =>
    one(upkeep.refreshMs / 1000),
  ),
  counter(
    'siltstone_metrics_refresh_failures_total',
    'job',
    'Times that this server could not bring the counts up to date',
    ({ upkeep }) => one(upkeep.failures),
  ),
  counter(
    'siltstone_metrics_rebuilds_total',
    'job',
    'Times that this server counted the whole lake anew',
    ({ upkeep }) => one(upkeep.rebuilds),
  ),
];

const secondsOf = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);
