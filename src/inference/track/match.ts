import { assign } from './assign.ts';

interface Pairing {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Finite, or NaN for a pair that cannot be. */
  readonly cost: (row: number, column: number) => number;
  /** A pair of this cost or more is left apart. */
  readonly costMax: number;
}

interface Pair {
  readonly row: number;
  readonly column: number;
  readonly cost: number;
}

/** A larger crowd that is all in each other's way has no best assignment in any time worth waiting for: O(n³). */
const groupSizeMax = 256;

/**
 * The assignment that saves most: the greatest sum of costMax − cost over the pairs. Pairs that share neither row nor
 * column with each other, directly or by others, are independent, so each such group is solved by itself.
 * @returns the column of each row, or undefined
 */
export function matchPairs(pairing: Pairing): readonly (number | undefined)[] {
  const columnOf = Array<number | undefined>(pairing.rowCount).fill(undefined);
  for (const group of groupsOf(pairsBelow(pairing), pairing)) {
    for (const { row, column } of solve(group, pairing.costMax)) columnOf[row] = column;
  }
  return columnOf;
}

function pairsBelow({ rowCount, columnCount, cost, costMax }: Pairing): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const here = cost(row, column);
      if (here < costMax) pairs.push({ row, column, cost: here });
    }
  }
  return pairs;
}

/** Rows and columns are nodes, pairs their edges; what hangs together is a group. */
function groupsOf(pairs: readonly Pair[], { rowCount, columnCount }: Pairing): Iterable<readonly Pair[]> {
  const parent = Array.from({ length: rowCount + columnCount }, (_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (parent[root] !== root) {
      // Halves the way for those who come after.
      parent[root] = parent[parent[root] ?? root] ?? root;
      root = parent[root] ?? root;
    }
    return root;
  };
  for (const { row, column } of pairs) parent[rootOf(row)] = rootOf(rowCount + column);
  const groups = new Map<number, Pair[]>();
  for (const pair of pairs) {
    const root = rootOf(pair.row);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [pair]);
    else group.push(pair);
  }
  return groups.values();
}

function solve(pairs: readonly Pair[], costMax: number): readonly Pair[] {
  if (pairs.length === 1) return pairs;
  const rows = indexOf(pairs.map(({ row }) => row));
  const columns = indexOf(pairs.map(({ column }) => column));
  if (Math.max(rows.size, columns.size) > groupSizeMax) return cheapestFirst(pairs);
  const costs = Array.from({ length: rows.size }, () => Array<number>(columns.size).fill(costMax));
  const pairAt = new Map<number, Pair>();
  for (const pair of pairs) {
    const [row, column] = [rows.get(pair.row) ?? 0, columns.get(pair.column) ?? 0];
    costs[row]?.splice(column, 1, pair.cost);
    pairAt.set(row * columns.size + column, pair);
  }
  return assign(costs).flatMap((column, row) => (column < 0 ? [] : (pairAt.get(row * columns.size + column) ?? [])));
}

/** Each value's place among the different ones. */
function indexOf(values: readonly number[]): ReadonlyMap<number, number> {
  return new Map([...new Set(values)].map((value, i) => [value, i]));
}

function cheapestFirst(pairs: readonly Pair[]): readonly Pair[] {
  const rows = new Set<number>();
  const columns = new Set<number>();
  return pairs
    .toSorted((a, b) => a.cost - b.cost)
    .filter(({ row, column }) => {
      if (rows.has(row) || columns.has(column)) return false;
      rows.add(row);
      columns.add(column);
      return true;
    });
}
