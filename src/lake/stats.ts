import { messageOf, SiltstoneError } from '../errors.ts';
import { type DeltaField, lakeColumns, partitionColumns } from '../events/index.ts';

/** One row of DuckDB’s `COPY … RETURN_STATS`. */
export interface WrittenFile {
  readonly filename: string;
  readonly count: number;
  readonly file_size_bytes: number;
  /** By quoted column name: `min`, `max`, `null_count`, `has_nan`, all as text. */
  readonly column_statistics: MapValue<MapValue<string>>;
}

/** A MAP as DuckDB's client gives it. */
type MapValue<V> = readonly { readonly key: string; readonly value: V }[];

/** What `add.stats` says of a file: PROTOCOL.md, “Per-file Statistics”. Bounds may be wide, never narrow. */
export interface FileStats {
  readonly numRecords: number;
  readonly minValues: Readonly<Record<string, string | number>>;
  readonly maxValues: Readonly<Record<string, string | number>>;
  readonly nullCount: Readonly<Record<string, number>>;
}

const textLengthMax = 32;
const contractTypes = new Map<string, string>(lakeColumns.map((column) => [column.name, column.type]));
/** The types whose bounds are known, by Delta's names. */
const typesOfDelta: ReadonlyMap<unknown, string> = new Map([
  ['string', 'VARCHAR'],
  ['long', 'BIGINT'],
  ['double', 'DOUBLE'],
  ['timestamp', 'TIMESTAMPTZ'],
]);

/**
 * The stats of a written file, whose `others` are columns beside the contract's. Columns that are all null are left out:
 * unknown is legal, and most columns are.
 */
export function fileStats(file: WrittenFile, others: readonly DeltaField[] = []): FileStats {
  const otherTypes = new Map(others.map(({ name, type }) => [name, typesOfDelta.get(type)]));
  const minValues: Record<string, string | number> = {};
  const maxValues: Record<string, string | number> = {};
  const nullCount: Record<string, number> = {};
  for (const { key, value } of file.column_statistics) {
    const name = key.replace(/^"(.*)"$/, '$1');
    const found = new Map(value.map((statistic) => [statistic.key, statistic.value]));
    const nulls = Number(found.get('null_count') ?? 0);
    if ((partitionColumns as readonly string[]).includes(name) || nulls === file.count) continue;
    nullCount[name] = nulls;
    // DuckDB gives bounds of a column with NaN, which no comparison can trust.
    if (found.get('has_nan') === 'true') continue;
    const type = contractTypes.get(name) ?? otherTypes.get(name);
    const min = lowerBound(type, found.get('min'));
    const max = upperBound(type, found.get('max'));
    if (min === undefined || max === undefined) continue;
    minValues[name] = min;
    maxValues[name] = max;
  }
  return { numRecords: file.count, minValues, maxValues, nullCount };
}

/**
 * The stats as JSON text in ASCII: most hold the greatest character, and one character beyond Latin makes every text that
 * it is handed over with twice as large and several times as slow.
 */
export function statsText(stats: FileStats): string {
  return JSON.stringify(stats).replace(/[\u0080-\uffff]/g, escaped);
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

function lowerBound(type: string | undefined, value: string | undefined): string | number | undefined {
  if (value === undefined) return undefined;
  if (type === 'VARCHAR') return cut(value);
  if (type === 'TIMESTAMPTZ') return isoMs(value, Math.floor);
  return numberBound(type, value);
}

function upperBound(type: string | undefined, value: string | undefined): string | number | undefined {
  if (value === undefined) return undefined;
  if (type === 'VARCHAR') return textAbove(value);
  if (type === 'TIMESTAMPTZ') return isoMs(value, Math.ceil);
  return numberBound(type, value);
}

const greatest = '\u{10ffff}';
const cut = (text: string): string => text.slice(0, textLengthMax).replace(/[\ud800-\udbff]$/, '');

/** A long text is a bound from above once cut, if the greatest character follows: so Delta Lake itself does. */
function textAbove(text: string): string | undefined {
  if (text.length <= textLengthMax) return text;
  return text.includes(greatest) ? undefined : `${cut(text)}${greatest}`;
}

function numberBound(type: string | undefined, value: string): number | undefined {
  if (type !== 'BIGINT' && type !== 'DOUBLE') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Delta’s stats hold ms: `2026-11-22 00:00:00.123456+00` down or up to them. */
function isoMs(value: string, round: (x: number) => number): string | undefined {
  const found = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?\+00/.exec(value);
  if (!found) return undefined;
  const seconds = Date.parse(`${found[1]}T${found[2]}Z`);
  return new Date(seconds + round(Number(found[3] ?? 0) * 1000)).toISOString();
}

/** What an add's stats say; nothing where another engine left them out. @throws SiltstoneError `lake_damaged` */
export function readStats(stats: string | undefined): Partial<FileStats> {
  try {
    const found: unknown = JSON.parse(stats ?? '{}');
    if (typeof found === 'object' && found !== null) return found;
  } catch (cause) {
    throw new SiltstoneError('lake_damaged', `the stats of a file cannot be read: ${messageOf(cause)}`, { cause });
  }
  throw new SiltstoneError('lake_damaged', 'the stats of a file are no JSON object');
}

/** The rows that an add's stats tell of; undefined where another engine left them out. @throws SiltstoneError `lake_damaged` */
export const rowCountOf = (stats: string | undefined): number | undefined => readStats(stats).numRecords;
