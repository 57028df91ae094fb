import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign } from '../../src/inference/track/assign.ts';
import { matchPairs } from '../../src/inference/track/match.ts';

const size = fc.integer({ min: 1, max: 5 });
const tables = fc.tuple(size, size).chain(([rows, columns]) => {
  const row = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: columns, maxLength: columns });
  return fc.array(row, { minLength: rows, maxLength: rows });
});

test('the assignment is the cheapest of all', () => {
  fc.assert(fc.property(tables, (table) => costOf(table, assign(table)) === cheapest(table, new Set())));
});

test('pairs save most where some cannot be, each row and column has one at most, and none costs too much', () => {
  const costMax = 12;
  const isRight = (table: readonly number[][]): boolean => {
    const pairs = match(table, costMax).flatMap((column, row) =>
      column === undefined ? [] : [[row, column] as const],
    );
    const costs = pairs.map(([row, column]) => table[row]?.[column] ?? costMax);
    const saved = costs.reduce((sum, cost) => sum + costMax - cost, 0);
    const columns = new Set(pairs.map(([, column]) => column));
    return (
      columns.size === pairs.length && costs.every((cost) => cost < costMax) && saved === mostSaved(table, costMax)
    );
  };
  fc.assert(fc.property(tables, isRight));
});

test('a crowd in which each is in the way of all has pairs too, in bounded time', () => {
  const table = Array.from({ length: 600 }, (_, row) =>
    Array.from({ length: 600 }, (_, column) => (row * column) % 97),
  );
  const startedAt = performance.now();
  const columns = match(table, 100);

  expect(new Set(columns).size).toBe(600);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

const match = (table: readonly (readonly number[])[], costMax: number) =>
  matchPairs({
    rowCount: table.length,
    columnCount: table[0]?.length ?? 0,
    cost: (row, column) => table[row]?.[column] ?? Number.NaN,
    costMax,
  });

const costOf = (table: readonly number[][], columns: readonly number[]) =>
  table.reduce((sum, row, i) => sum + (row[columns[i] ?? -1] ?? 0), 0);

/** By trying every assignment in which as many rows as possible have a column. */
function cheapest(table: readonly number[][], taken: ReadonlySet<number>): number {
  const [row, ...rest] = table;
  if (row === undefined) return 0;
  const free = row.map((_, column) => column).filter((column) => !taken.has(column));
  const given = free.map((column) => (row[column] ?? 0) + cheapest(rest, new Set([...taken, column])));
  const without = table.length > free.length ? [cheapest(rest, taken)] : [];
  return Math.min(...given, ...without);
}

/** By trying every assignment; a row may be left without a column. */
function mostSaved(table: readonly number[][], costMax: number, taken: ReadonlySet<number> = new Set()): number {
  const [row, ...rest] = table;
  if (row === undefined) return 0;
  const free = row.map((_, column) => column).filter((column) => !taken.has(column) && (row[column] ?? 0) < costMax);
  const given = free.map(
    (column) => costMax - (row[column] ?? 0) + mostSaved(rest, costMax, new Set([...taken, column])),
  );
  return Math.max(mostSaved(rest, costMax, taken), ...given);
}
