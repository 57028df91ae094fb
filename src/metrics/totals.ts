import { type CountedFamily, countedFamilies } from './families.ts';
import { grouped } from './grouped.ts';

/** One set of labels of a family. Counts and µs are whole numbers: no order of adding makes a sum fall by a last digit. */
export interface Series {
  /** In the order of the family's labels. */
  readonly labels: readonly string[];
  /** A count, the sum of a histogram in µs, or what a gauge shows. */
  readonly value: number;
  /** Values by bucket, the last those beyond all bounds; of a histogram only. */
  readonly buckets?: readonly number[];
  /** µs since 1970: of what a gauge shows. */
  readonly at?: number;
}

/** A job that has not ended, as far as is known. */
export interface OpenJob {
  readonly plugin: string;
  readonly status: string;
  /** µs since 1970: when it entered that state. */
  readonly at: number;
}

/** All that was counted: by family, then by the labels. */
export interface Totals {
  readonly families: ReadonlyMap<string, ReadonlyMap<string, Series>>;
  /** By job id. */
  readonly open: ReadonlyMap<string, OpenJob>;
}

/** What `sql/metrics` found, one row a series; and of the pseudo families `open` and `ended`, one a job. */
export interface Found {
  readonly family: string;
  readonly labels: readonly string[];
  readonly value: number | null;
  readonly buckets: readonly number[] | null;
  readonly at_us: number | null;
}

export const noTotals: Totals = { families: new Map(), open: new Map() };

/** Sets of labels of one family, at most: names that people choose may come in any number. */
export const seriesMax = 200;
/** Jobs that are thought open, at most: those that changed last. */
export const openMax = 10_000;

const familyOf = new Map(countedFamilies.map((family) => [family.name, family]));

/** The totals with what was found added. Pure. */
export function addFound(totals: Totals, found: readonly Found[]): Totals {
  const families = new Map(totals.families);
  for (const [name, rows] of grouped(found, ({ family }) => family)) {
    const family = familyOf.get(name);
    if (family !== undefined) families.set(name, withRows(family, families.get(name) ?? new Map(), rows));
  }
  return { families, open: openAfter(totals.open, found) };
}

function withRows(
  family: CountedFamily,
  before: ReadonlyMap<string, Series>,
  rows: readonly Found[],
): ReadonlyMap<string, Series> {
  const all = new Map(before);
  // In the order of their labels, so that the same rows always fill the same places.
  for (const row of rows.toSorted((a, b) => (keyOf(a.labels) < keyOf(b.labels) ? -1 : 1))) {
    const labels = placeFor(family, all, row.labels.map(cleanLabel));
    const key = keyOf(labels);
    all.set(key, joined(family, all.get(key), { ...row, labels }));
  }
  return all;
}

/** Beyond the limit, what people chose becomes `other`. */
function placeFor(
  { labels, free = [] }: CountedFamily,
  known: ReadonlyMap<string, Series>,
  values: readonly string[],
): readonly string[] {
  if (known.has(keyOf(values)) || known.size < seriesMax) return values;
  return values.map((value, i) => (free.includes(labels[i] ?? '') ? 'other' : value));
}

const keyOf = (labels: readonly string[]): string => JSON.stringify(labels);

const labelLengthMax = 64;

/** A value that any reader of the text format takes: no control characters, no half of a character, not long. */
function cleanLabel(value: string | null): string {
  const shown = (value ?? '').replace(/\p{Cc}/gu, ' ');
  if (shown.length <= labelLengthMax) return shown;
  return `${shown.slice(0, labelLengthMax - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

type Row = Pick<Found, 'value' | 'buckets' | 'at_us'> & Pick<Series, 'labels'>;

function joined(family: CountedFamily, before: Series | undefined, { labels, value, buckets, at_us }: Row): Series {
  const found = value ?? 0;
  if (family.type === 'gauge') {
    const at = at_us ?? 0;
    return before && (before.at ?? 0) > at ? before : { labels, value: found, at };
  }
  const sum = (before?.value ?? 0) + found;
  if (family.type === 'counter') return { labels, value: sum };
  const counts = Array.from(
    { length: family.bounds.length + 1 },
    (_, i) => (before?.buckets?.[i] ?? 0) + (buckets?.[i] ?? 0),
  );
  return { labels, value: sum, buckets: counts };
}

function openAfter(before: ReadonlyMap<string, OpenJob>, found: readonly Found[]): ReadonlyMap<string, OpenJob> {
  const open = new Map(before);
  for (const { family, labels, at_us } of found) {
    const [jobId = '', plugin = '', status = ''] = labels;
    if (family === 'open') open.set(jobId, { plugin: cleanLabel(plugin), status, at: at_us ?? 0 });
  }
  for (const { family, labels } of found) if (family === 'ended') open.delete(labels[0] ?? '');
  if (open.size <= openMax) return open;
  return new Map([...open].sort(([, a], [, b]) => b.at - a.at).slice(0, openMax));
}
