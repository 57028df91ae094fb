import { merge, type UpkeepBench, upkeep } from '../../src/compactor/index.ts';
import { linesOf, logLine, makeEvents } from '../make/events.ts';
import { compacted, tempEngine, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

type Step = (bench: Warehouse & UpkeepBench) => Promise<unknown>;

/** Appends events of every kind to a stream of each job and compacts them: one commit. */
export async function takeMore(warehouse: Warehouse, name: string, events: number): Promise<void> {
  for (const [job, lines] of makeEvents({ jobs: 3, events })) warehouse.append(`${job}/${name}.ndjson`, linesOf(lines));
  await compacted(warehouse);
}

/** Kinds of one's own on several days, which share files here. */
async function takeOdd(warehouse: Warehouse): Promise<void> {
  const days = [0, 1, 2].map((day) => logLine({ seq: day, ts: `2026-11-2${day}T23:59:59.999999Z` }));
  const odd = days.map((line, i) => ({ ...line, seq: i + 3, event: `odd.k${i}` }));
  warehouse.append('job-1/odd.ndjson', linesOf([...days, ...odd]));
  await compacted(warehouse);
}

const dayMs = 24 * 3_600_000;
const inDays = (days: number): number => Date.now() + days * dayMs;

/** Every kind of commit, in an order that gives each something to do. What is old goes on the 40th and the 80th day. */
const steps: Readonly<Record<string, Step>> = {
  'a first append': (bench) => takeMore(bench, 'a', 30),
  'an append': (bench) => takeMore(bench, 'b', 40),
  'files of several kinds and days': takeOdd,
  'an append behind a checkpoint': (bench) => takeMore(bench, 'c', 20),
  'a merge': (bench) => merge(bench),
  'retention, clean-up of the log and a vacuum': (bench) => upkeep(bench, inDays(40)),
  'an append behind it': (bench) => takeMore(bench, 'd', 30),
  'a second merge': (bench) => merge(bench),
  'all of it again': (bench) => upkeep(bench, inDays(80)),
};

export interface Seen<T> {
  readonly commit: string;
  readonly seen: T;
  /** What the step itself reports. */
  readonly done: unknown;
}

/** Makes one commit after the other, and looks after each. */
export async function afterEachCommit<T>(look: (warehouse: Warehouse) => Promise<T>): Promise<readonly Seen<T>[]> {
  const warehouse = tempWarehouse({
    ...{ checkpoint_commits: 2, compact_kinds_max: 0, compact_dates_max: 1 },
    retention: 'overlay.frame=30d',
  });
  const engine = await tempEngine();
  const all: Seen<T>[] = [];
  for (const [commit, step] of Object.entries(steps)) {
    const done = await step({ ...warehouse, engine });
    all.push({ commit, done, seen: await look(warehouse) });
  }
  return all;
}
