import type { Box } from './box.ts';

/** A rectangle that is turned: centre and size in px, angle in radians from the x axis towards the y axis (clockwise). */
export interface OrientedBox {
  readonly cx: number;
  readonly cy: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** A type and no interface: only so it counts as JSON. */
export type Point = { readonly x: number; readonly y: number };

/** The four corners, in the order of the turn. */
export function cornersOf({ cx, cy, width, height, angle }: OrientedBox): readonly Point[] {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const ends = [
    [-width / 2, -height / 2],
    [width / 2, -height / 2],
    [width / 2, height / 2],
    [-width / 2, height / 2],
  ] as const;
  return ends.map(([x, y]) => ({ x: cx + x * cos - y * sin, y: cy + x * sin + y * cos }));
}

/** The smallest upright rectangle around some points. */
export function boxAroundPoints(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) };
}

/** Against a division by nothing, for boxes without an area. */
const tiny = 1e-7;

/**
 * How much two turned boxes overlap, 0 to 1, each taken as a Gaussian: 1 − Hellinger distance, as YOLO's own
 * suppression measures it. Source: https://arxiv.org/abs/2106.06072
 */
export function gaussianOverlap(a: OrientedBox, b: OrientedBox): number {
  const [a1, b1, c1] = covarianceOf(a);
  const [a2, b2, c2] = covarianceOf(b);
  const dx = a.cx - b.cx;
  const dy = a.cy - b.cy;
  const shared = (a1 + a2) * (b1 + b2) - (c1 + c2) ** 2 + tiny;
  const distance = ((a1 + a2) * dy ** 2 + (b1 + b2) * dx ** 2 - 2 * (c1 + c2) * dx * dy) / shared / 4;
  const own = Math.sqrt(Math.max(a1 * b1 - c1 ** 2, 0) * Math.max(a2 * b2 - c2 ** 2, 0));
  const bhattacharyya = distance + 0.5 * Math.log(shared / (4 * own + tiny) + tiny);
  return 1 - Math.sqrt(Math.max(0, 1 - Math.exp(-Math.max(bhattacharyya, 0))));
}

/** Variances along x and y, and their covariance, of a turned box that is evenly filled. */
function covarianceOf({ width, height, angle }: OrientedBox): readonly [xx: number, yy: number, xy: number] {
  const w = width ** 2 / 12;
  const h = height ** 2 / 12;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [w * cos ** 2 + h * sin ** 2, w * sin ** 2 + h * cos ** 2, (w - h) * cos * sin];
}
