import { messageOf, SiltstoneError } from '../errors.ts';

/** One row of DuckDB’s `COPY … RETURN_STATS`. */
export interface WrittenFile {
  readonly filename: string;
  readonly count: number;
  readonly file_size_bytes: number;
  /** By quoted column name: `min`, `max` and others, all as text. */
  readonly column_statistics: MapValue<MapValue<string>>;
}

/** A MAP as DuckDB's client gives it. */
type MapValue<V> = readonly { readonly key: string; readonly value: V }[];

/** What `add.stats` says of a file: PROTOCOL.md, “Per-file Statistics”. Bounds may be wide, never narrow. */
export interface FileStats {
  readonly numRecords: number;
  readonly minValues: Readonly<Record<string, string>>;
  readonly maxValues: Readonly<Record<string, string>>;
}

const textLengthMax = 32;

/**
 * The columns that files are chosen by, none of which is ever null. Of others nothing is kept: opening a lake reads every
 * word of its stats.
 */
const boundedColumns = { job_id: 'VARCHAR', stream: 'VARCHAR', ts: 'TIMESTAMPTZ' } as const;

type BoundedType = (typeof boundedColumns)[keyof typeof boundedColumns];

/** The stats of a written file: unknown is legal, and most columns are. */
export function fileStats(file: WrittenFile): FileStats {
  const said = new Map(file.column_statistics.map(({ key, value }) => [key.replace(/^"(.*)"$/, '$1'), value]));
  const minValues: Record<string, string> = {};
  const maxValues: Record<string, string> = {};
  for (const [name, type] of Object.entries(boundedColumns)) {
    const found = new Map(said.get(name)?.map(({ key, value }) => [key, value]));
    const min = lowerBound(type, found.get('min'));
    const max = upperBound(type, found.get('max'));
    if (min === undefined || max === undefined) continue;
    minValues[name] = min;
    maxValues[name] = max;
  }
  return { numRecords: file.count, minValues, maxValues };
}

/**
 * The stats as JSON text in ASCII: most hold the greatest character, and one character beyond Latin makes every text that
 * it is handed over with twice as large and several times as slow.
 */
export function statsText(stats: FileStats): string {
  return JSON.stringify(stats).replace(/[\u0080-\uffff]/g, escaped);
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

function lowerBound(type: BoundedType, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return type === 'VARCHAR' ? cut(value) : isoMs(value, Math.floor);
}

function upperBound(type: BoundedType, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return type === 'VARCHAR' ? textAbove(value) : isoMs(value, Math.ceil);
}

const greatest = '\u{10ffff}';
const cut = (text: string): string => text.slice(0, textLengthMax).replace(/[\ud800-\udbff]$/, '');

/** A long text is a bound from above once cut, if the greatest character follows: so Delta Lake itself does. */
function textAbove(text: string): string | undefined {
  if (text.length <= textLengthMax) return text;
  return text.includes(greatest) ? undefined : `${cut(text)}${greatest}`;
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
