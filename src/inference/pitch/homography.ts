import type { Point } from '../oriented-box.ts';

/**
 * Nine numbers, row by row: metres of the pitch to px of the frame. Of its many multiples it is the one that divides by
 * something positive where the ground is in front of the camera.
 */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** Where a place of the pitch is in the frame, px; none where it lies behind the camera. */
export function project(homography: Homography, { x, y }: Point): Point | undefined {
  const [a, b, c, d, e, f, g, h, i] = homography;
  const depth = g * x + h * y + i;
  if (!(depth > 0)) return undefined;
  return { x: (a * x + b * y + c) / depth, y: (d * x + e * y + f) / depth };
}

/** Which place of the ground is seen at a px of the frame, metres; none above the horizon. */
export function unproject(homography: Homography, point: Point): Point | undefined {
  const inverse = inverseOf(homography);
  return inverse && project(inverse, point);
}

/** The inverse, px to metres; none of a matrix that has none. */
export function inverseOf([a, b, c, d, e, f, g, h, i]: Homography): Homography | undefined {
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const determinant = a * A + b * B + c * C;
  if (!Number.isFinite(1 / determinant)) return undefined;
  const adjugate = [A, c * h - b * i, b * f - c * e, B, a * i - c * g, c * d - a * f, C, b * g - a * h, a * e - b * d];
  return matrix(adjugate.map((value) => value / determinant));
}

/** First `inner`, then `outer`. */
export function after(outer: Homography, inner: Homography): Homography {
  const at = (m: Homography, row: number, column: number) => m[3 * row + column] ?? 0;
  return matrix(
    Array.from({ length: 9 }, (_, index) => {
      const [row, column] = [Math.floor(index / 3), index % 3];
      return (
        at(outer, row, 0) * at(inner, 0, column) +
        at(outer, row, 1) * at(inner, 1, column) +
        at(outer, row, 2) * at(inner, 2, column)
      );
    }),
  );
}

/** How px of the frame change with metres of the pitch: `[dx/dX, dx/dY, dy/dX, dy/dY]`. */
export function slopesAt(homography: Homography, { x, y }: Point): readonly [number, number, number, number] {
  const [a, b, c, d, e, f, g, h, i] = homography;
  const depth = g * x + h * y + i;
  const [px, py] = [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth];
  return [(a - g * px) / depth, (b - h * px) / depth, (d - g * py) / depth, (e - h * py) / depth];
}

/** @param values nine of them */
export function matrix(values: readonly number[]): Homography {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = values;
  return [a, b, c, d, e, f, g, h, i];
}
