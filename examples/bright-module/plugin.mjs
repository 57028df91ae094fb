// A siltstone plugin as a JavaScript module: one box around what is nearly white. It runs in the job's own process.

const step = 8; // px between the points that are looked at
const white = 200; // of 255

/**
 * Called with each frame, in their order; may be async.
 * @param {{ width: number, height: number, rgba: Uint8Array }} frame
 * @returns rows of x1, y1, x2, y2, score, class in px of the frame; none where nothing is white
 */
export function run({ width, height, rgba }) {
  const points = [];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * 4;
      if (Math.min(...rgba.subarray(at, at + 3)) >= white) points.push({ x, y });
    }
  }
  if (points.length === 0) return [];
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const right = Math.min(Math.max(...xs) + step, width);
  const bottom = Math.min(Math.max(...ys) + step, height);
  const share = points.length / (Math.ceil(width / step) * Math.ceil(height / step));
  return [[Math.min(...xs), Math.min(...ys), right, bottom, Number(share.toFixed(4)), 0]];
}
