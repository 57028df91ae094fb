/** @typedef {import('./pitch.mjs').Point} Point */

/**
 * A pinhole camera: gives for a point of the world its pixel, and how many pixels a metre has there.
 * @param {{ at: Point, towards: Point, focalPx: number, width: number, height: number }} view
 * @returns {(point: Point) => { x: number, y: number, pxPerMetre: number }}
 */
export function makeCamera({ at, towards, focalPx, width, height }) {
  const forward = unit(minus(towards, at));
  const right = unit(cross(forward, [0, 0, 1]));
  const up = cross(right, forward);
  return (point) => {
    const ray = minus(point, at);
    const pxPerMetre = focalPx / dot(ray, forward);
    return { x: width / 2 + pxPerMetre * dot(ray, right), y: height / 2 - pxPerMetre * dot(ray, up), pxPerMetre };
  };
}

/** @returns {Point} */
const minus = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** @returns {Point} */
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** @returns {Point} */
const unit = (a) => {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
};
