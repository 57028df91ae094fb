import { numberOf } from '../../api/client.ts';
import type { Cell, QueryResult } from '../../api/types.ts';

export interface DrawnSeries {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

/** How a result can be drawn: over time or another number, or as bars of names. */
export type Drawable =
  | {
      readonly kind: 'lines';
      readonly isTime: boolean;
      readonly xLabel: string;
      readonly x: readonly number[];
      readonly series: readonly DrawnSeries[];
    }
  | { readonly kind: 'bars'; readonly names: readonly string[]; readonly series: readonly DrawnSeries[] };

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\([\d,]+\))$/;
const timely = /^(TIMESTAMP|DATE)/;

/** More series than colours that can be told apart would say nothing. */
const seriesMax = 7;

/**
 * The first column is the axis, and the columns of numbers behind it are the series. Names are bars, with the other names
 * before the first number beside them. Undefined where there is nothing to draw.
 */
export function drawableOf({ columns, rows }: QueryResult): Drawable | undefined {
  const [first] = columns;
  if (first === undefined || rows.length === 0) return undefined;
  const series = columns
    .map(({ name, type }, i) => ({ name, type, i }))
    .filter(({ type, i }) => i > 0 && numeric.test(type))
    .slice(0, seriesMax)
    .map(({ name, i }) => ({ label: name, values: rows.map((row) => numberOf(row[i])) }));
  if (series.length === 0) return undefined;
  if (timely.test(first.type))
    return overNumbers(
      first.name,
      rows.map((row) => secondsOf(row[0])),
      series,
      true,
    );
  if (numeric.test(first.type))
    return overNumbers(
      first.name,
      rows.map((row) => numberOf(row[0])),
      series,
      false,
    );
  const nameCount = columns.findIndex(({ type }) => numeric.test(type));
  return { kind: 'bars', names: rows.map((row) => row.slice(0, nameCount).map(String).join(' · ')), series };
}

/** The axis must go up, and holds each place once. */
function overNumbers(
  xLabel: string,
  x: readonly (number | null)[],
  series: readonly DrawnSeries[],
  isTime: boolean,
): Drawable | undefined {
  const order = x
    .map((value, i) => ({ value, i }))
    .filter((one): one is { value: number; i: number } => one.value !== null);
  order.sort((a, b) => a.value - b.value);
  if (order.length === 0) return undefined;
  return {
    kind: 'lines',
    isTime,
    xLabel,
    x: order.map(({ value }) => value),
    series: series.map(({ label, values }) => ({ label, values: order.map(({ i }) => values[i] ?? null) })),
  };
}

/** Times in the views are UTC and come without a zone. */
function secondsOf(cell: Cell | undefined): number | null {
  if (typeof cell !== 'string') return null;
  const at = Date.parse(
    /[zZ]|[+-]\d\d(:?\d\d)?$/.test(cell) ? cell.replace(/([+-]\d\d)$/, '$1:00') : `${cell.replace(' ', 'T')}Z`,
  );
  return Number.isNaN(at) ? null : at / 1_000;
}
