import { openLocalStorage } from '../lake/index.ts';
import { openReader, type ReaderSettings } from '../query/index.ts';
import type { Settings } from '../settings.ts';
import { type Exposed, makeExposition, type Shown } from './exposition.ts';
import type { Page } from './families.ts';
import { type Followed, type Follower, makeFollower } from './follow.ts';
import { neverBelow } from './never-below.ts';
import { type Pending, pendingAfter } from './pending.ts';
import { lookAround, type StateSettings } from './state.ts';
import { withZeros } from './zeros.ts';

/** The metrics of one warehouse, brought up to date beside whoever asks for them. */
export interface Metrics {
  /** A page as text, in the format that the scraper's Accept header prefers. From memory: it waits for nothing. */
  page(page: Page | 'all', accept?: string): Promise<Exposed>;
  /** Brings the counts up to date now. @throws what a reader throws */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

export interface MetricsOptions {
  readonly settings: ReaderSettings & StateSettings & Pick<Settings, 'metrics_refresh_ms'>;
  /** Of siltstone. */
  readonly version: string;
  readonly pluginDirs?: readonly string[];
  /** Told of each refresh that fails by itself: what was shown stays, and the next one may succeed. */
  readonly onProblem?: (problem: unknown) => void;
}

/** @throws SiltstoneError `warehouse_missing` */
export async function openMetrics(options: MetricsOptions): Promise<Metrics> {
  const { settings, onProblem = () => {} } = options;
  const reader = await openReader(settings);
  const storage = openLocalStorage(settings.warehouse);
  const watched = watchTotals(
    makeFollower(reader, storage),
    () => lookAround(storage, settings, options.pluginDirs ?? []),
    options.version,
  );
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  const refresh = (): Promise<void> => {
    const next = turn.then(() => watched.refresh());
    turn = next.catch(() => undefined);
    return next;
  };
  const goOn = async (): Promise<void> => {
    await refresh().catch((problem: unknown) => {
      if (!isClosed) onProblem(problem);
    });
    if (!isClosed) timer = setTimeout(goOn, settings.metrics_refresh_ms).unref();
  };
  void goOn();
  const expose = makeExposition(watched.shown);
  return {
    page: (page, accept = '') => expose(page, accept),
    refresh,
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      reader.interrupt();
      await turn;
      await reader.close();
    },
  };
}

interface Watched {
  shown(): Shown | undefined;
  refresh(): Promise<void>;
}

function watchTotals(follower: Follower, look: () => ReturnType<typeof lookAround>, version: string): Watched {
  let shown: Shown | undefined;
  let pending: Pending = new Map();
  const counts = { failures: 0, rebuilds: 0 };
  return {
    shown: () => shown && { ...shown, state: { ...shown.state, upkeep: { ...shown.state.upkeep, ...counts } } },
    async refresh() {
      const startedAt = performance.now();
      const followed = await follower.follow().catch((error: unknown) => {
        counts.failures += 1;
        throw error;
      });
      counts.rebuilds += followed.isRebuilt ? 1 : 0;
      const around = await look();
      const now = Date.now();
      pending = pendingAfter(pending, followed.hot, now);
      const before = followed.isRebuilt ? undefined : shown?.families;
      const families = withZeros(
        followed.shown.families,
        around.plugins.map(({ id }) => id),
      );
      const upkeep = { refreshedAt: now, refreshMs: performance.now() - startedAt, ...counts };
      const state = { followed, pending, pendingEvents: eventCountOf(followed), ...around, version, upkeep };
      shown = { families: before === undefined ? families : neverBelow(before, families), state };
    },
  };
}

const eventCountOf = ({ hot }: Followed): number =>
  hot.reduce((sum, { family, value }) => sum + (family === 'siltstone_events_total' ? (value ?? 0) : 0), 0);
