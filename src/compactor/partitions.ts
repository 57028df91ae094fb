import { isKind } from '../events/index.ts';
import type { Settings } from '../settings.ts';

/** The rows of one kind and one day in a batch. */
export interface Group {
  readonly event: string;
  /** UTC days since 1970-01-01. */
  readonly day: number;
  readonly rowCount: number;
}

/** Groups that go into one file. A kind or day is null where the file holds several: then only its rows tell. */
export interface Partition {
  readonly event: string | null;
  readonly day: number | null;
  readonly groups: readonly Group[];
}

export type PartitionLimits = Pick<Settings, 'compact_kinds_max' | 'compact_dates_max' | 'compact_files_max'>;

/**
 * Which file each group of a batch goes into: its own where that is one of few, a shared one where a flood of kinds or of
 * days would open thousands. This decides where a row lies and never what it says, so no answer depends on it: it may
 * look at the lake (`lakeKinds` have partitions there), and two compactors may decide differently. Pure.
 */
export function planPartitions(
  groups: readonly Group[],
  lakeKinds: ReadonlySet<string>,
  limits: PartitionLimits,
): readonly Partition[] {
  const kinds = ownKinds(groups, lakeKinds, limits.compact_kinds_max);
  const isNear = nearDays(groups, limits.compact_dates_max);
  const partitions = gathered(groups, ({ event, day }) => ({
    event: kinds.has(event) ? event : null,
    day: isNear(day) ? day : null,
  }));
  if (partitions.length <= limits.compact_files_max) return partitions;
  const largest = partitions.toSorted((a, b) => rowsOf(b.groups) - rowsOf(a.groups)).slice(0, limits.compact_files_max);
  const kept = new Map(largest.flatMap((partition) => partition.groups.map((group) => [group, partition] as const)));
  return gathered(groups, (group) => kept.get(group) ?? { event: isKind(group.event) ? group.event : null, day: null });
}

/** The contract's kinds, those that have partitions already, and the most frequent others up to a number. */
function ownKinds(groups: readonly Group[], lakeKinds: ReadonlySet<string>, kindsMax: number): ReadonlySet<string> {
  const room = kindsMax - [...lakeKinds].filter((kind) => !isKind(kind)).length;
  const isNew = (event: string): boolean => !isKind(event) && !lakeKinds.has(event);
  const rowCounts = sums(groups.filter(({ event }) => isNew(event)).map(({ event, rowCount }) => [event, rowCount]));
  const newest = [...rowCounts].toSorted((a, b) => b[1] - a[1]).slice(0, Math.max(0, room));
  const known = groups.map(({ event }) => event).filter((event) => !isNew(event));
  return new Set([...known, ...newest.map(([event]) => event)]);
}

/** The days of the stretch of `daysMax` days that holds the most rows: wild times lie far from what most rows say. */
function nearDays(groups: readonly Group[], daysMax: number): (day: number) => boolean {
  const days = [...sums(groups.map(({ day, rowCount }) => [day, rowCount]))].toSorted((a, b) => a[0] - b[0]);
  let best = { to: 0, rowCount: -1 };
  let rowCount = 0;
  let first = 0;
  for (const [to, ofDay] of days) {
    rowCount += ofDay;
    for (let [from, left] = days[first] ?? [to, 0]; to - from >= daysMax; [from, left] = days[first] ?? [to, 0]) {
      rowCount -= left;
      first += 1;
    }
    if (rowCount >= best.rowCount) best = { to, rowCount };
  }
  return (day) => day <= best.to && day > best.to - daysMax;
}

function gathered(
  groups: readonly Group[],
  placeOf: (group: Group) => Pick<Partition, 'event' | 'day'>,
): readonly Partition[] {
  const partitions = new Map<string, Partition & { readonly groups: Group[] }>();
  for (const group of groups) {
    const { event, day } = placeOf(group);
    const key = `${event ?? ''}/${day ?? ''}`;
    const known = partitions.get(key);
    if (known === undefined) partitions.set(key, { event, day, groups: [group] });
    else known.groups.push(group);
  }
  return [...partitions.values()];
}

function sums<K>(entries: readonly (readonly [K, number])[]): ReadonlyMap<K, number> {
  const found = new Map<K, number>();
  for (const [key, number] of entries) found.set(key, (found.get(key) ?? 0) + number);
  return found;
}

const rowsOf = (groups: readonly Group[]): number => groups.reduce((sum, { rowCount }) => sum + rowCount, 0);
