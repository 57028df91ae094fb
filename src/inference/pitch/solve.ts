import type { Point } from '../oriented-box.ts';
import { type Equations, makeEquations, observe, solve } from './equations.ts';
import { after, type Homography, matrix, project, slopesAt } from './homography.ts';

/** A place of the pitch, metres, and where it is seen, px. */
export interface Pair {
  readonly ground: Point;
  readonly seen: Point;
}

/**
 * The homography that maps the ground to what is seen, by the normalised direct linear transformation: Hartley and
 * Zisserman, Multiple View Geometry, algorithm 4.2, with the last entry set to 1. That is safe here: in the moved
 * coordinates it is the depth of the points' middle, and they are in front of the camera.
 * @returns none of fewer than four pairs, or where three of four stand on a line
 */
export function solveHomography(pairs: readonly Pair[]): Homography | undefined {
  if (pairs.length < 4) return undefined;
  const ground = normaliser(pairs.map((pair) => pair.ground));
  const seen = normaliser(pairs.map((pair) => pair.seen));
  const equations = makeEquations(8);
  for (const pair of pairs) {
    const { x, y } = ground.move(pair.ground);
    const { x: u, y: v } = seen.move(pair.seen);
    observe(equations, [x, y, 1, 0, 0, 0, -u * x, -u * y], u);
    observe(equations, [0, 0, 0, x, y, 1, -v * x, -v * y], v);
  }
  const unknowns = solve(equations);
  return unknowns && turnToFront(after(seen.back, after(matrix([...unknowns, 1]), ground.forth)), pairs);
}

/** Moves the middle of the points to 0 and their mean distance from it to √2. */
function normaliser(points: readonly Point[]) {
  const [middleX, middleY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const distance = mean(points.map(({ x, y }) => Math.hypot(x - middleX, y - middleY)));
  const scale = Math.SQRT2 / distance;
  return {
    move: ({ x, y }: Point): Point => ({ x: scale * (x - middleX), y: scale * (y - middleY) }),
    forth: matrix([scale, 0, -scale * middleX, 0, scale, -scale * middleY, 0, 0, 1]),
    back: matrix([1 / scale, 0, middleX, 0, 1 / scale, middleY, 0, 0, 1]),
  };
}

/** Of the multiples of the matrix one with which the depth of most points is positive, as large as numbers go well. */
function turnToFront(homography: Homography, pairs: readonly Pair[]): Homography {
  const depths = pairs.map(({ ground: { x, y } }) => homography[6] * x + homography[7] * y + homography[8]);
  const size = mean(depths.map(Math.abs));
  const inFront = depths.filter((depth) => depth > 0).length;
  const sign = 2 * inFront >= depths.length ? 1 : -1;
  return matrix(homography.map((value) => (sign * value) / size));
}

const stepsMax = 8;
/** A step that is shorter in every entry, as a part of its size, changes nothing any more. */
const stepMin = 1e-9;

/** The homography with the least sum of squared distances in px, by Gauss and Newton from one that is near. */
export function refine(homography: Homography, pairs: readonly Pair[]): Homography {
  let best = homography;
  for (let step = 0; step < stepsMax; step++) {
    const moved = solve(equationsAt(best, pairs));
    if (moved === undefined) return best;
    const next = changedBy(best, moved);
    if (!(squaredErrorOf(next, pairs) < squaredErrorOf(best, pairs))) return best;
    best = next;
    if (moved.every((change) => Math.abs(change) < stepMin)) return best;
  }
  return best;
}

/**
 * What the errors of the pairs say of the entries of the homography, in parts of each entry's typical size: the last stays.
 * Ground coordinates are of the order of 50 m and px of 500, so the entries differ by five orders of magnitude.
 */
export const entrySizes = [10, 10, 500, 10, 10, 500, 0.01, 0.01];

export function equationsAt(homography: Homography, pairs: readonly Pair[]): Equations {
  const equations = makeEquations(entrySizes.length);
  for (const { ground, seen } of pairs) {
    const at = project(homography, ground);
    if (at === undefined) continue;
    const [rowX, rowY] = rowsAt(homography, ground, at);
    observe(equations, rowX, seen.x - at.x);
    observe(equations, rowY, seen.y - at.y);
  }
  return equations;
}

/** How the place in the frame changes with each entry of the homography. */
export function rowsAt(
  homography: Homography,
  { x, y }: Point,
  at: Point,
): readonly [readonly number[], readonly number[]] {
  const depth = homography[6] * x + homography[7] * y + homography[8];
  const scaled = (row: readonly number[]) => row.map((value, i) => (value * (entrySizes[i] ?? 1)) / depth);
  return [scaled([x, y, 1, 0, 0, 0, -at.x * x, -at.x * y]), scaled([0, 0, 0, x, y, 1, -at.y * x, -at.y * y])];
}

const changedBy = (homography: Homography, moved: readonly number[]): Homography =>
  matrix(homography.map((value, i) => value + (moved[i] ?? 0) * (entrySizes[i] ?? 0)));

const squaredErrorOf = (homography: Homography, pairs: readonly Pair[]): number =>
  pairs.reduce((sum, pair) => sum + errorPx(homography, pair) ** 2, 0);

/** How far from where it should be a landmark is seen, px. */
export function errorPx(homography: Homography, { ground, seen }: Pair): number {
  const at = project(homography, ground);
  return at === undefined ? Number.POSITIVE_INFINITY : Math.hypot(at.x - seen.x, at.y - seen.y);
}

/** The same on the ground, metres: the distance in px by how the frame changes with the ground there. */
export function errorM(homography: Homography, pair: Pair): number {
  const at = project(homography, pair.ground);
  if (at === undefined) return Number.POSITIVE_INFINITY;
  const [a, b, c, d] = slopesAt(homography, pair.ground);
  const [dx, dy] = [pair.seen.x - at.x, pair.seen.y - at.y];
  return Math.hypot(d * dx - b * dy, a * dy - c * dx) / Math.abs(a * d - b * c);
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
