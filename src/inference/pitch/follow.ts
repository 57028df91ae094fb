import type { Box } from '../box.ts';
import type { Point } from '../oriented-box.ts';
import { type Equations, solve } from './equations.ts';
import { type Homography, matrix } from './homography.ts';
import { type LineMap, offsetOfLine } from './line-map.ts';
import type { Sample } from './samples.ts';
import { entrySizes } from './solve.ts';

/** A sample where it should be in the map, and how far across the line it is seen. */
export interface Match {
  readonly sample: Sample;
  readonly at: Point;
  readonly normal: Point;
  /** Cells. */
  readonly offset: number;
}

/** What a homography says of the lines, and the map of it. */
export interface Matches {
  readonly found: readonly Match[];
  /** Samples that should be seen. */
  readonly expectedCount: number;
}

/** Nearer to the edge of the map lines are not told. */
const edgeCells = 6;
/** A line that runs along the view is seen under so flat an angle that its samples lie on one another. */
const lengthMinCells = 0.1;

/** A map, and where in it the frame is, cells. */
export interface SeenLines {
  readonly map: LineMap;
  readonly within: Box;
}

/** @param reach so many cells away a line is looked for */
function matchLines(
  { map, within }: SeenLines,
  samples: readonly Sample[],
  homography: Homography,
  reach: number,
): Matches {
  const found: Match[] = [];
  let expectedCount = 0;
  for (const sample of samples) {
    const place = placeOf(homography, sample);
    if (place === undefined || !isInside(within, place.at)) continue;
    expectedCount++;
    const offset = offsetOfLine(map, place.at, place.normal, reach);
    if (offset !== undefined) found.push({ sample, ...place, offset });
  }
  return { found, expectedCount };
}

const isInside = ({ x1, y1, x2, y2 }: Box, { x, y }: Point): boolean =>
  x >= x1 + edgeCells && y >= y1 + edgeCells && x < x2 - edgeCells && y < y2 - edgeCells;

/** Where a sample should be seen, and what is across its line there. */
function placeOf(
  [a, b, c, d, e, f, g, h, i]: Homography,
  { x, y, along }: Sample,
): { readonly at: Point; readonly normal: Point } | undefined {
  const depth = g * x + h * y + i;
  if (!(depth > 0)) return undefined;
  const at = { x: (a * x + b * y + c) / depth, y: (d * x + e * y + f) / depth };
  const turn = g * along.x + h * along.y;
  const right = (a * along.x + b * along.y - turn * at.x) / depth;
  const down = (d * along.x + e * along.y - turn * at.y) / depth;
  const length = Math.hypot(right, down);
  return length < lengthMinCells ? undefined : { at, normal: { x: -down / length, y: right / length } };
}

/** So far from its place a sample counts half; far ones are players, and other lines. */
const halfWeightCells = 1.5;
/** How far a line is looked for, cells: step by step. A first guess is some cells off, and the frame before a few. */
export const reachesOf = { guess: [8, 5, 3, 2], frameBefore: [6, 2] } as const;

/** The homography with which the lines of the map agree best, by Gauss and Newton from one that is near. */
export function followLines(
  seen: SeenLines,
  samples: readonly Sample[],
  start: Homography,
  reaches: readonly number[],
): { readonly homography: Homography; readonly matches: Matches } | undefined {
  let homography = start;
  for (const reach of reaches) {
    const { found } = matchLines(seen, samples, homography, reach);
    const moved = found.length < entrySizes.length ? undefined : solve(equationsOf(homography, found));
    if (moved === undefined) return undefined;
    const before = homography;
    homography = matrix(before.map((value, i) => value + (moved[i] ?? 0) * (entrySizes[i] ?? 0)));
  }
  return { homography, matches: matchLines(seen, samples, homography, lastReach) };
}

const lastReach = 2;

/** What the offsets say of the entries of the homography: a line tells where it is across itself only. */
export function equationsOf(homography: Homography, matches: readonly Match[]): Equations {
  const count = entrySizes.length;
  const sums = new Float64Array(count * count);
  const values = new Float64Array(count);
  const row = new Float64Array(count);
  for (const { sample, at, normal, offset } of matches) {
    const weight = 1 / (1 + (offset / halfWeightCells) ** 2);
    fillRow(row, homography, sample, at, normal);
    for (let i = 0; i < count; i++) {
      const weighted = weight * (row[i] ?? 0);
      for (let j = 0; j < count; j++) sums[i * count + j] = (sums[i * count + j] ?? 0) + weighted * (row[j] ?? 0);
      values[i] = (values[i] ?? 0) + weighted * offset;
    }
  }
  const left = Array.from(values, (_, i) => [...sums.subarray(i * count, (i + 1) * count)]);
  return { left, right: [...values] };
}

/** How the offset changes with each entry of the homography, as `rowsAt` has it. */
function fillRow(row: Float64Array, homography: Homography, { x, y }: Point, at: Point, normal: Point): void {
  const depth = homography[6] * x + homography[7] * y + homography[8];
  const seen = -(normal.x * at.x + normal.y * at.y);
  const factors = [normal.x * x, normal.x * y, normal.x, normal.y * x, normal.y * y, normal.y, seen * x, seen * y];
  for (let i = 0; i < row.length; i++) row[i] = ((factors[i] ?? 0) * (entrySizes[i] ?? 1)) / depth;
}
