import type { Engine, Row } from '../engine.ts';
import { type Add, readStats } from '../lake/index.ts';
import { readSql } from './sql-files.ts';

/** `add.stats` as any engine may have written it. */
interface SaidStats {
  readonly numRecords?: number;
  readonly tightBounds?: boolean;
  readonly minValues?: Bounds;
  readonly maxValues?: Bounds;
  readonly nullCount?: Readonly<Record<string, unknown>>;
}

type Bounds = Readonly<Record<string, unknown>>;

/** Whether each value of a file lies within the bounds that the log says, and as many are null as it says. */
export async function verifyValues(engine: Engine, file: string, add: Add): Promise<readonly string[]> {
  const [row = {}] = await engine.rows(readSql('verify/values_of_file.sql'), [file]);
  const { minValues = {}, maxValues = {}, nullCount = {}, ...said } = readStats(add.stats) as SaidStats;
  return [
    ...Object.entries(minValues).flatMap(([name, bound]) => outOfBound(row, 'min', name, bound)),
    ...Object.entries(maxValues).flatMap(([name, bound]) => outOfBound(row, 'max', name, bound)),
    ...(said.tightBounds === false ? [] : Object.entries(nullCount).flatMap(([name, n]) => wrongNulls(row, name, n))),
  ];
}

function outOfBound(row: Row, side: 'min' | 'max', name: string, bound: unknown): readonly string[] {
  const value = row[`${side} ${name}`];
  // No value at all: a column of nulls, or one that the file lacks, breaks no bound.
  if (typeof value !== 'string') return [];
  const difference = compared(value, bound);
  if (difference === undefined || (side === 'min' ? difference >= 0 : difference <= 0)) return [];
  return [`has ${side === 'min' ? 'lower' : 'higher'} values in ${name} than the log says`];
}

function wrongNulls(row: Row, name: string, said: unknown): readonly string[] {
  const found = Number(row.row_count) - Number(row[`count ${name}`] ?? 0);
  return typeof said !== 'number' || found === said ? [] : [`has ${found} nulls in ${name}; the log says ${said}`];
}

/** Stats hold ms, cut off: a time may be up to this much beyond its bound. */
const timeToleranceMs = 1;

/** Below, at or above zero, as the value lies to the bound; undefined where they cannot be compared. */
function compared(value: string, bound: unknown): number | undefined {
  if (typeof bound === 'number') return Number.isNaN(Number(value)) ? undefined : Number(value) - bound;
  if (typeof bound !== 'string') return undefined;
  const [time, said] = [timeOf(value), timeOf(bound)];
  if (time === undefined || said === undefined) return Buffer.compare(Buffer.from(value), Buffer.from(bound));
  return Math.abs(time - said) <= timeToleranceMs ? 0 : time - said;
}

/** ms of a time as DuckDB prints it in UTC, `2026-11-22 00:00:00.123456+00`, or as stats hold it. */
function timeOf(text: string): number | undefined {
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?(\+00|Z)$/.exec(text);
  if (!found) return undefined;
  return Date.parse(`${found[1]}T${found[2]}Z`) + Number(found[3] ?? 0) * 1000;
}
