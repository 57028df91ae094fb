import { onTestFinished } from 'vitest';
import { type Followed, type Follower, makeFollower } from '../../src/metrics/follow.ts';
import type { Totals } from '../../src/metrics/totals.ts';
import { openReader } from '../../src/query/index.ts';
import type { Warehouse } from '../make/warehouse.ts';

/** As a server that was just started has it; closed after the test. */
export async function startFollower({ settings, storage }: Warehouse): Promise<Follower> {
  const reader = await openReader(settings);
  onTestFinished(() => reader.close());
  return makeFollower(reader, storage);
}

/** What a server that was just started shows. */
export async function shownAnew(warehouse: Warehouse): Promise<Followed> {
  return (await startFollower(warehouse)).follow();
}

/** The value of one series; undefined where there is none. */
export function countOf({ shown }: Followed, family: string, ...labels: readonly string[]): number | undefined {
  return shown.families.get(family)?.get(JSON.stringify(labels))?.value;
}

/** All counters and histograms as text, in an order of their own: equal texts are equal counts. */
export function countsOf({ shown }: Followed): readonly string[] {
  return linesOf(shown.families);
}

function linesOf(families: Totals['families']): readonly string[] {
  return [...families]
    .flatMap(([name, series]) =>
      [...series].map(([key, { value, buckets }]) => `${name}${key} ${value} ${buckets?.join(',') ?? ''}`),
    )
    .sort();
}
