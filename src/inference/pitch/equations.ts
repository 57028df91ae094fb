/** Normal equations of least squares, grown row by row: `left · unknowns = right`. */
export interface Equations {
  readonly left: readonly number[][];
  readonly right: number[];
}

export const makeEquations = (count: number): Equations => ({
  left: Array.from({ length: count }, () => Array<number>(count).fill(0)),
  right: Array<number>(count).fill(0),
});

/** One more observation: the sum of `row` times the unknowns should be `value`. */
export function observe({ left, right }: Equations, row: readonly number[], value: number): void {
  for (const [i, factor] of row.entries()) {
    if (factor === 0) continue;
    const line = left[i] ?? [];
    for (const [j, other] of row.entries()) line[j] = (line[j] ?? 0) + factor * other;
    right[i] = (right[i] ?? 0) + factor * value;
  }
}

/** Below this part of the largest value of its column a pivot is nothing but rounding. */
const pivotMin = 1e-12;

/** The unknowns by Gauss's elimination, the largest pivot first; none where they are not determined. */
export function solve({ left, right }: Equations): readonly number[] | undefined {
  const rows = left.map((row, i) => [...row, right[i] ?? 0]);
  const count = right.length;
  const scale = Math.max(...left.flat().map(Math.abs));
  for (let column = 0; column < count; column++) {
    const pivot = largestBelow(rows, column);
    const top = rows[pivot];
    if (top === undefined || !(Math.abs(top[column] ?? 0) > pivotMin * scale)) return undefined;
    [rows[pivot], rows[column]] = [rows[column] ?? [], top];
    for (const row of rows.slice(column + 1)) eliminate(row, top, column);
  }
  const unknowns = Array<number>(count).fill(0);
  for (let i = count - 1; i >= 0; i--) {
    const row = rows[i] ?? [];
    const known = unknowns.reduce((sum, value, j) => (j > i ? sum + value * (row[j] ?? 0) : sum), 0);
    unknowns[i] = ((row[count] ?? 0) - known) / (row[i] ?? 0);
  }
  return unknowns;
}

function largestBelow(rows: readonly (readonly number[])[], column: number): number {
  let best = column;
  for (let i = column + 1; i < rows.length; i++) {
    if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = i;
  }
  return best;
}

function eliminate(row: number[], top: readonly number[], column: number): void {
  const factor = (row[column] ?? 0) / (top[column] ?? 1);
  if (factor === 0) return;
  for (let j = column; j < row.length; j++) row[j] = (row[j] ?? 0) - factor * (top[j] ?? 0);
}
