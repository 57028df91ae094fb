import type { Point } from '../oriented-box.ts';
import { randomIndices, samplesNeeded } from './agree.ts';
import { makeEquations, observe, solve } from './equations.ts';
import type { Straight } from './straight.ts';

/** The points with a·x² + b·x·y + c·y² + d·x + e·y + f = 0. */
export interface Conic {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** The most samples that are tried; with half of the points wrong, one in thirty-two has none of them. */
const samplesMax = 300;
const pointsOfSample = 5;
const toleranceCells = 1.5;
/** A circle of which fewer cells are seen is not told from the shirts and shorts of players. */
const pointsMin = 40;

/** The ellipse on which most points lie (RANSAC), the same each time; none where few do. */
export function findEllipse(points: readonly Point[]): Conic | undefined {
  if (points.length < pointsMin) return undefined;
  const next = randomIndices(points.length);
  let best: Conic | undefined;
  let bestCount = pointsMin - 1;
  let needed = samplesMax;
  for (let i = 0; i < needed; i++) {
    const conic = ellipseThrough(Array.from({ length: pointsOfSample }, () => points[next()] ?? { x: 0, y: 0 }));
    const count = conic === undefined ? 0 : points.reduce((sum, point) => sum + Number(isOn(conic, point)), 0);
    if (count <= bestCount) continue;
    best = conic;
    bestCount = count;
    needed = Math.min(samplesMax, samplesNeeded(bestCount / points.length, pointsOfSample));
  }
  const refined = best && ellipseThrough(onConic(best, points));
  return refined && (ellipseThrough(onConic(refined, points)) ?? refined);
}

const onConic = (conic: Conic, points: readonly Point[]) => points.filter((point) => isOn(conic, point));

/** By Sampson’s distance. */
function isOn({ a, b, c, d, e, f }: Conic, { x, y }: Point): boolean {
  const value = a * x * x + b * x * y + c * y * y + d * x + e * y + f;
  const right = 2 * a * x + b * y + d;
  const down = b * x + 2 * c * y + e;
  return value * value <= toleranceCells * toleranceCells * (right * right + down * down);
}

/** Coordinates of the order of 1: the squares of cells differ too much from the cells themselves. */
const unitCells = 300;

/** The ellipse with the least squared residuals, with a + c = 1, which no ellipse lacks; none where it is no ellipse. */
function ellipseThrough(points: readonly Point[]): Conic | undefined {
  const [middle] = points;
  if (middle === undefined) return undefined;
  const equations = makeEquations(5);
  for (const point of points) {
    const [x, y] = [(point.x - middle.x) / unitCells, (point.y - middle.y) / unitCells];
    observe(equations, [x * x - y * y, x * y, x, y, 1], -y * y);
  }
  const [a, b, d, e, f] = solve(equations) ?? [];
  if (a === undefined || b === undefined || d === undefined || e === undefined || f === undefined) return undefined;
  const c = 1 - a;
  return 4 * a * c - b * b > 0 ? movedBack({ a, b, c, d, e, f }, middle) : undefined;
}

function movedBack({ a, b, c, d, e, f }: Conic, { x, y }: Point): Conic {
  const [du, eu, fu] = [d * unitCells, e * unitCells, f * unitCells * unitCells];
  return {
    ...{ a, b, c },
    d: du - 2 * a * x - b * y,
    e: eu - 2 * c * y - b * x,
    f: fu - du * x - eu * y + a * x * x + b * x * y + c * y * y,
  };
}

/** Where a line meets the ellipse, in the order in which it runs; nothing where it passes by. */
export function meeting(
  { a, b, c, d, e, f }: Conic,
  { normal, distance }: Straight,
): readonly [Point, Point] | undefined {
  const foot = { x: normal.x * distance, y: normal.y * distance };
  const along = { x: normal.y, y: -normal.x };
  const square = a * along.x ** 2 + b * along.x * along.y + c * along.y ** 2;
  const linear =
    2 * a * foot.x * along.x +
    b * (foot.x * along.y + foot.y * along.x) +
    2 * c * foot.y * along.y +
    d * along.x +
    e * along.y;
  const rest = a * foot.x ** 2 + b * foot.x * foot.y + c * foot.y ** 2 + d * foot.x + e * foot.y + f;
  const inside = linear * linear - 4 * square * rest;
  if (!(inside > 0)) return undefined;
  const at = (sign: number): Point => {
    const step = (-linear + sign * Math.sqrt(inside)) / (2 * square);
    return { x: foot.x + step * along.x, y: foot.y + step * along.y };
  };
  return [at(-1), at(1)];
}

/** The place through which all tangents go that touch the ellipse where the line meets it: homogeneous. */
export function poleOf({ a, b, c, d, e, f }: Conic, { normal, distance }: Straight): readonly [number, number, number] {
  const [l, m, n] = [normal.x, normal.y, -distance];
  const [A, B, C, D, E, F] = [2 * a, b, d, 2 * c, e, 2 * f];
  return [
    (D * F - E * E) * l + (C * E - B * F) * m + (B * E - C * D) * n,
    (C * E - B * F) * l + (A * F - C * C) * m + (B * C - A * E) * n,
    (B * E - C * D) * l + (B * C - A * E) * m + (A * D - B * B) * n,
  ];
}
