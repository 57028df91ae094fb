import { collectDefaultMetrics, type Metric, Registry } from 'prom-client';
import { type CountedFamily, countedFamilies, type Page, pages } from './families.ts';
import { type State, type StateValue, stateFamilies } from './state.ts';
import type { Series, Totals } from './totals.ts';

/** What a scrape gets. */
export interface Exposed {
  readonly type: string;
  readonly text: string;
}

/** What is shown now; undefined before anything was counted. */
export interface Shown {
  readonly families: Totals['families'];
  readonly state: State;
}

const processPrefix = 'siltstone_server_';

/** What prom-client takes for a family and its samples. */
interface Described {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values: readonly object[];
}

const formats = [Registry.PROMETHEUS_CONTENT_TYPE, Registry.OPENMETRICS_CONTENT_TYPE] as const;
type Format = (typeof formats)[number];

type Source = { readonly page: Page | undefined; get(): Promise<Described> };

/** The pages as text, in the format that the scraper prefers. `shown` is asked at each scrape: nothing is computed for it. */
export function makeExposition(
  shown: () => Shown | undefined,
): (page: Page | 'all', accept: string) => Promise<Exposed> {
  const process = new Registry();
  collectDefaultMetrics({ register: process, prefix: processPrefix });
  const sources: readonly Source[] = [
    ...countedFamilies.map((family) => ({ page: family.page, get: async () => counted(family, shown()) })),
    ...stateFamilies.map((family) => ({ page: family.page, get: async () => stated(family, shown()?.state) })),
    ...process
      .getMetricsAsArray()
      .map((metric) => ({ page: undefined, get: () => valuesOf(metric as unknown as Metric) })),
  ];
  const registries = new Map(
    formats.flatMap((type) =>
      ['all' as const, ...pages].map((page) => [`${type} ${page}`, registryOf(type, page, sources)] as const),
    ),
  );
  return async (page, accept) => {
    const type = prefersOpenMetrics(accept) ? Registry.OPENMETRICS_CONTENT_TYPE : Registry.PROMETHEUS_CONTENT_TYPE;
    return { type, text: (await registries.get(`${type} ${page}`)?.metrics()) ?? '' };
  };
}

/** Prometheus itself asks for OpenMetrics first; a browser or curl, which asks for anything, gets plain text. */
const prefersOpenMetrics = (accept: string): boolean =>
  /application\/openmetrics-text(?!\s*;[^,]*q=0(\.0*)?(,|$))/.test(accept);

/** A registry gives one format: in OpenMetrics a counter's family has no `_total`, its samples do. */
function registryOf(type: Format, page: Page | 'all', sources: readonly Source[]): Registry {
  const isOpen = type === Registry.OPENMETRICS_CONTENT_TYPE;
  const registry = new Registry();
  // Its type says that the constructor takes nothing.
  registry.setContentType(type as never);
  for (const [i, source] of sources.entries()) {
    if (page !== 'all' && source.page !== page) continue;
    const get = async (): Promise<Described> => {
      const found = await source.get();
      return isOpen && found.type === 'counter' ? { ...found, name: found.name.replace(/_total$/, '') } : found;
    };
    // The registry asks a metric for no more than its name, its type and `get`.
    registry.registerMetric({ name: String(i), get, type: 'family' } as unknown as Metric);
  }
  return registry;
}

const valuesOf = async (metric: Metric): Promise<Described> => (await metric.get()) as unknown as Described;

function described(
  family: Pick<CountedFamily, 'name' | 'help'> & { readonly type: string },
  values: object[],
): Described {
  const { name, help, type } = family;
  return { name, help, type, values };
}

function counted(family: CountedFamily, shown: Shown | undefined): Described {
  const series = [...(shown?.families.get(family.name)?.values() ?? [])];
  return described(
    family,
    series.flatMap((one) => samplesOf(family, one)),
  );
}

function samplesOf(family: CountedFamily, { labels: values, value, buckets = [] }: Series): readonly object[] {
  const labels = labelled(family.labels, values);
  if (family.type !== 'histogram') return [{ labels, value }];
  let count = 0;
  const cumulative = [...family.bounds, '+Inf'].map((le, i) => {
    count += buckets[i] ?? 0;
    return { labels: { le, ...labels }, value: count, metricName: `${family.name}_bucket` };
  });
  return [
    ...cumulative,
    { labels, value: value / 1e6, metricName: `${family.name}_sum` },
    { labels, value: count, metricName: `${family.name}_count` },
  ];
}

function stated(family: (typeof stateFamilies)[number], state: State | undefined): Described {
  const values: readonly StateValue[] = state === undefined ? [] : family.valuesOf(state);
  return described(
    family,
    values.map(({ labels, value }) => ({ labels: labelled(family.labels, labels), value })),
  );
}

const labelled = (names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
