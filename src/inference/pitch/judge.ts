import type { Size } from '../letterbox.ts';
import type { Point } from '../oriented-box.ts';
import { type Equations, solve } from './equations.ts';
import { type Homography, inverseOf, project, slopesAt } from './homography.ts';
import type { PitchSize } from './layout.ts';
import { mean, type Pair, rowsAt } from './solve.ts';

/** What a homography has to be, to be drawn from. Any four points fit one, so four say nothing of how good it is. */
const inliersMin = 5;
/** Of the points that were seen. */
const inlierShareMin = 0.5;
/** How far the inliers lie apart in the direction in which they lie closest: standard deviation. */
const spreadMinM = 2.5;
/** Median distance of the inliers from where they should be. */
const residualMaxM = 0.5;
/** How far a place on the visible pitch may be off, by the residual and by where the inliers are: median. */
export const doubtMaxM = 1;

/** @returns what speaks against the points, or nothing */
export function doubtsOfPoints(inliers: readonly Pair[], pointCount: number): string | undefined {
  if (inliers.length < inliersMin) {
    return `${inliers.length} of ${pointCount} points agree with one another, ${inliersMin} are needed`;
  }
  if (inliers.length < inlierShareMin * pointCount) {
    return `only ${inliers.length} of ${pointCount} points agree with one another`;
  }
  const spreadM = spreadOf(inliers.map(({ ground }) => ground));
  if (spreadM >= spreadMinM) return undefined;
  return `the points lie nearly on one line: ${inWords(spreadM)} across, ${spreadMinM} m are needed`;
}

/** @returns what speaks against the homography as a view of the pitch, or nothing */
export function doubtsOfView(homography: Homography, inliers: readonly Pair[], frame: Size): string | undefined {
  const inverse = inverseOf(homography);
  if (inverse === undefined) return 'the points give no plane that could be seen';
  if (inliers.some(({ ground }) => !isSeenFromAbove(homography, ground)))
    return 'the pitch would be seen from below, or mirrored';
  if (!isUpright(inverse, frame)) return 'the horizon would not be above the frame';
  return undefined;
}

/** Up to this angle from level a camera may be rolled. */
const rollMaxDegrees = 40;
/** Where the depth changes by less over the frame, the camera looks straight down and no horizon can be told. */
const depthChangeMin = 0.1;

/** Whether the ground is in front of the camera along the lower edge of the frame, and comes nearer downwards. */
function isUpright(inverse: Homography, { width, height }: Size): boolean {
  const [right, down, start] = [inverse[6], inverse[7], inverse[8]];
  const bottom = [0, width].map((x) => right * x + down * height + start);
  if (!bottom.every((nearness) => nearness > 0)) return false;
  const change = Math.hypot(right, down);
  const isFromAbove = change * height < depthChangeMin * mean(bottom);
  return isFromAbove || down >= change * Math.cos((rollMaxDegrees * Math.PI) / 180);
}

/** With `y` away from the camera and px counted downwards the turn from x to y is against that of the frame. */
function isSeenFromAbove(homography: Homography, ground: Point): boolean {
  const [a, b, c, d] = slopesAt(homography, ground);
  return project(homography, ground) !== undefined && a * d - b * c < 0;
}

/** The smaller of both standard deviations of the points along their own axes, metres. */
function spreadOf(points: readonly Point[]): number {
  const [middleX, middleY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const xx = mean(points.map(({ x }) => (x - middleX) ** 2));
  const yy = mean(points.map(({ y }) => (y - middleY) ** 2));
  const xy = mean(points.map(({ x, y }) => (x - middleX) * (y - middleY)));
  const smaller = (xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy);
  return Math.sqrt(Math.max(0, smaller));
}

interface Seen {
  readonly homography: Homography;
  /** What was seen, and what it says of the entries of the homography. */
  readonly equations: Equations;
  /** Standard deviation of what was seen, px. */
  readonly noisePx: number;
}

/** @returns what speaks against the exactness of the homography, or nothing */
export function doubtsOfFit(seen: Seen, places: readonly Point[], residualM: number): string | undefined {
  if (!(residualM <= residualMaxM)) return `the points are off by ${inWords(residualM)}`;
  const doubt = doubtM(seen, places);
  return doubt <= doubtMaxM ? undefined : `the points leave the visible pitch in doubt by ${inWords(doubt)}`;
}

/**
 * How far places of the pitch may be off: the covariance of the entries, carried over to the ground (Hartley and Zisserman,
 * section 5.2). Few points in a corner fit one another well and say little of the other corner.
 * @returns the median, metres
 */
export function doubtM({ homography, equations, noisePx }: Seen, places: readonly Point[]): number {
  const covariance = covarianceOf(equations);
  if (covariance === undefined) return Number.POSITIVE_INFINITY;
  return noisePx * median(places.map((place) => deviationAt(homography, covariance, place)));
}

/** The inverse of the left side. */
function covarianceOf({ left }: Equations): readonly (readonly number[])[] | undefined {
  const columns = left.map((_, i) => solve({ left, right: left.map((_, j) => Number(i === j)) }));
  return columns.every((column) => column !== undefined) ? columns : undefined;
}

/** Standard deviation of a place on the ground, metres, for a standard deviation of 1 px of what was seen. */
function deviationAt(homography: Homography, covariance: readonly (readonly number[])[], ground: Point): number {
  const at = project(homography, ground);
  if (at === undefined) return Number.POSITIVE_INFINITY;
  const [a, b, c, d] = slopesAt(homography, ground);
  const area = a * d - b * c;
  const [rowX, rowY] = rowsAt(homography, ground, at);
  const along = rowX.map((value, i) => (d * value - b * (rowY[i] ?? 0)) / area);
  const across = rowX.map((value, i) => (a * (rowY[i] ?? 0) - c * value) / area);
  return Math.sqrt(varianceOf(along, covariance) + varianceOf(across, covariance));
}

const varianceOf = (row: readonly number[], covariance: readonly (readonly number[])[]): number =>
  row.reduce(
    (total, value, i) => total + value * row.reduce((sum, other, j) => sum + other * (covariance[i]?.[j] ?? 0), 0),
    0,
  );

/** Places of the frame that are asked, along each axis. */
const gridCount = 5;

/** Places of the pitch that are seen, evenly over the frame, metres. */
export function visiblePlaces(
  homography: Homography,
  { width, height }: Size,
  { lengthM, widthM }: PitchSize,
): readonly Point[] {
  const inverse = inverseOf(homography);
  if (inverse === undefined) return [];
  const steps = Array.from({ length: gridCount }, (_, i) => (i + 0.5) / gridCount);
  const places = steps.flatMap((y) => steps.map((x) => project(inverse, { x: x * width, y: y * height })));
  return places
    .filter((place) => place !== undefined)
    .filter(({ x, y }) => x >= 0 && y >= 0 && x <= lengthM && y <= widthM);
}

/** The middle one; of none there is no telling. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
}

export const inWords = (metres: number): string => `${metres.toPrecision(2)} m`;
