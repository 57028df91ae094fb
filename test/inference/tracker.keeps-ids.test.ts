import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign } from '../../src/inference/track/assign.ts';
import { makeTracker, type Trackable } from '../../src/inference/track/tracker.ts';

const boxAt = (x: number, y: number, label = 'red'): Trackable => ({ x1: x, y1: y, x2: x + 20, y2: y + 50, label });

const follow = (frames: readonly (readonly Trackable[])[]) => {
  const tracker = makeTracker();
  return frames.map((boxes) => tracker.update(boxes));
};

describe('the tracker', () => {
  test('gives an id at the third sight and keeps it', () => {
    const ids = follow(Array.from({ length: 6 }, (_, i) => [boxAt(100 + 4 * i, 100)]));
    expect(ids).toEqual([[undefined], [undefined], [1], [1], [1], [1]]);
  });

  test('keeps both ids when two players pass each other', () => {
    const frames = Array.from({ length: 21 }, (_, i) => [boxAt(100 + 10 * i, 100), boxAt(300 - 10 * i, 112, 'blue')]);
    const ids = follow(frames);
    expect(ids.at(-1)).toEqual(ids[3]);
    expect(new Set(ids.at(-1)).size).toBe(2);
  });

  test('keeps the id of a player who is hidden for ten frames', () => {
    const seen = Array.from({ length: 10 }, (_, i) => [boxAt(100 + 3 * i, 100)]);
    const again = [boxAt(100 + 3 * 20, 100)];
    const ids = follow([...seen, ...Array<Trackable[]>(10).fill([]), again]);
    expect(ids.at(-1)).toEqual([1]);
  });

  test('follows a ball that becomes too fast to overlap itself', () => {
    const ball = (x: number) => ({ x1: x, y1: 200, x2: x + 8, y2: 208, label: 'ball' });
    const ids = follow(Array.from({ length: 24 }, (_, i) => [ball(100 + (i * i) / 4)]));
    expect(ids.at(-1)).toEqual([1]);
  });

  test('does not give the id of a player to the ball at his feet', () => {
    const player = boxAt(100, 100);
    const ball = { x1: 106, y1: 140, x2: 114, y2: 148, label: 'ball' };
    const ids = follow([[player], [player], [player], [ball]]);
    expect(ids.at(-1)).toEqual([undefined]);
  });

  test('leaves boxes that are none without an id', () => {
    const inverted = { x1: 20, y1: 20, x2: 10, y2: 10, label: 'red' };
    expect(follow(Array(5).fill([inverted])).at(-1)).toEqual([undefined]);
  });
});

test('the assignment is the cheapest of all', () => {
  const size = fc.integer({ min: 1, max: 4 });
  const costs = fc.tuple(size, size).chain(([rows, columns]) => {
    const row = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: columns, maxLength: columns });
    return fc.array(row, { minLength: rows, maxLength: rows });
  });
  fc.assert(fc.property(costs, (table) => costOf(table, assign(table)) === cheapest(table, new Set())));
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
