import type { Result } from '../engine.ts';
import { type Table, table } from './table.ts';

type Value = Result['rows'][number][number];

/** Longer texts make a table that nobody can read on a terminal. */
const terminalCellWidthMax = 60;

/** What a query gave, for people: as wide as the terminal, whole where stdout is none. */
export function resultTable({ columns, rows }: Result, widthMax = terminalWidth()): Table {
  const cells = rows.map((row) => row.map((value, i) => cellText(value, columns[i]?.type ?? '')));
  const heads = columns.map(({ name, type }) => ({
    name,
    align: isNumber(type) ? ('right' as const) : ('left' as const),
  }));
  return table(heads, cells, widthMax === undefined ? {} : { widthMax, cellWidthMax: terminalCellWidthMax });
}

/** Objects as a table: the members of the first are the columns. */
export function objectTable(objects: readonly object[]): string {
  const names = Object.keys(objects[0] ?? {});
  const rows = objects.map((object) => Object.values(object) as readonly unknown[]);
  const heads = names.map((name, i) => ({
    name,
    align: typeof rows[0]?.[i] === 'number' ? ('right' as const) : ('left' as const),
  }));
  return table(
    heads,
    rows.map((row) => row.map((value) => (value === undefined || value === null ? '' : String(value)))),
  ).text;
}

function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns : undefined;
}

const isNumber = (type: string): boolean => /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/.test(type);

/** Times are UTC, as their columns' names need not say again. NULL is empty. */
function cellText(value: Value, type: string): string {
  if (value === null) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  // A FLOAT has 7 digits; as the double that JavaScript makes of it, it would show 17.
  if (type === 'FLOAT' && typeof value === 'number') return String(Number(value.toPrecision(7)));
  if (type === 'TIMESTAMP WITH TIME ZONE') return String(value).replace(/\+00$/, '');
  return String(value);
}
