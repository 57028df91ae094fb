/** Rows and columns count from 1; 0 stands for none, and is where the search of a path starts. */
interface Matching {
  readonly cost: (row: number, column: number) => number;
  readonly size: number;
  readonly rowPotential: number[];
  readonly columnPotential: number[];
  /** The row that each column is given to. */
  readonly rowOf: number[];
}

/**
 * The cheapest assignment of rows to columns, O(n³): the Hungarian method with potentials
 * (Jonker and Volgenant 1987, shortest augmenting paths).
 * @param costs one list a row, all of the same length; finite
 * @returns the column of each row, or -1 where there are more rows than columns
 */
export function assign(costs: readonly (readonly number[])[]): readonly number[] {
  const columns = costs[0]?.length ?? 0;
  const size = Math.max(costs.length, columns);
  const matching: Matching = {
    // Rows or columns that fill up the square cost nothing, so they change no other choice.
    cost: (row, column) => costs[row - 1]?.[column - 1] ?? 0,
    size,
    rowPotential: zeros(size),
    columnPotential: zeros(size),
    rowOf: zeros(size),
  };
  for (let row = 1; row <= size; row++) addRow(matching, row);
  const columnOf = Array<number>(costs.length).fill(-1);
  for (let column = 1; column <= columns; column++) {
    const row = at(matching.rowOf, column);
    if (row <= costs.length) columnOf[row - 1] = column - 1;
  }
  return columnOf;
}

/** Gives the row a column; rows that stand in the way move along the cheapest path to a free column. */
function addRow(matching: Matching, row: number): void {
  const { size, rowOf } = matching;
  const distance = Array<number>(size + 1).fill(Number.POSITIVE_INFINITY);
  const previous = zeros(size);
  const visited = Array<boolean>(size + 1).fill(false);
  rowOf[0] = row;
  let column = 0;
  while (at(rowOf, column) !== 0) {
    visited[column] = true;
    column = nearestColumn(matching, column, { distance, previous, visited });
  }
  while (column !== 0) {
    const before = at(previous, column);
    rowOf[column] = at(rowOf, before);
    column = before;
  }
}

interface Search {
  readonly distance: number[];
  readonly previous: number[];
  readonly visited: readonly boolean[];
}

/** One step of the search: the unvisited column that is cheapest to reach; the potentials follow. */
function nearestColumn(matching: Matching, from: number, { distance, previous, visited }: Search): number {
  const { cost, size, rowPotential, columnPotential, rowOf } = matching;
  const row = at(rowOf, from);
  let nearest = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (let column = 1; column <= size; column++) {
    if (visited[column]) continue;
    const reduced = cost(row, column) - at(rowPotential, row) - at(columnPotential, column);
    if (reduced < at(distance, column)) {
      distance[column] = reduced;
      previous[column] = from;
    }
    if (at(distance, column) < shortest) {
      shortest = at(distance, column);
      nearest = column;
    }
  }
  for (let column = 0; column <= size; column++) {
    if (visited[column]) {
      rowPotential[at(rowOf, column)] = at(rowPotential, at(rowOf, column)) + shortest;
      columnPotential[column] = at(columnPotential, column) - shortest;
    } else distance[column] = at(distance, column) - shortest;
  }
  return nearest;
}

const zeros = (size: number): number[] => Array<number>(size + 1).fill(0);

const at = (values: readonly number[], index: number): number => values[index] ?? 0;
