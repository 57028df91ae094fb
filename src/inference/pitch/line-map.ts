import type { Box } from '../box.ts';
import type { Letterbox, Size } from '../letterbox.ts';
import type { Point } from '../oriented-box.ts';
import { type Homography, matrix } from './homography.ts';

/** How much of each cell of a frame a line of the pitch covers, 0 to 1, row by row. Cell 0, 0 has its middle at 0, 0. */
export interface LineMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array | Float64Array;
}

/** Where the frame is in a map of the model’s input, cells. */
export const frameIn = (map: Size, input: Size, { frame, scale, scaleY, left, top }: Letterbox): Box => {
  const [across, down] = [map.width / input.width, map.height / input.height];
  return {
    x1: across * left,
    y1: down * top,
    x2: across * (left + scale * frame.width),
    y2: down * (top + scaleY * frame.height),
  };
};

/** Cells of a map of the model’s input to px of the frame. */
export function cellsToFrame(map: Size, input: Size, { scale, scaleY, left, top }: Letterbox): Homography {
  const [width, height] = [input.width / map.width, input.height / map.height];
  const [right, down] = [(width / 2 - left) / scale, (height / 2 - top) / scaleY];
  return matrix([width / scale, 0, right, 0, height / scaleY, down, 0, 0, 1]);
}

/** What covers less is noise, or a line too far away to be measured. */
const coverMin = 0.3;
/** Of two lines beside one another the nearer one is meant, unless the other is so much clearer a cell. */
const nearness = 0.03;
/** Cells on each side of the clearest that a line may reach over. */
const halfWidth = 2;

/**
 * Where across `normal` a line is.
 * @param reach so many cells away at most
 * @returns the distance along the normal, cells; none where no line is
 */
export function offsetOfLine(map: LineMap, at: Point, normal: Point, reach: number): number | undefined {
  let best = 0;
  let bestWorth = 0;
  for (let step = -reach; step <= reach; step++) {
    const cover = nearestTo(map, at.x + step * normal.x, at.y + step * normal.y);
    const worth = cover < coverMin ? 0 : cover - nearness * Math.abs(step);
    if (worth <= bestWorth) continue;
    best = step;
    bestWorth = worth;
  }
  if (bestWorth === 0) return undefined;
  let sum = 0;
  let moment = 0;
  for (let step = best - halfWidth; step <= best + halfWidth; step++) {
    const cover = coverAt(map, at.x + step * normal.x, at.y + step * normal.y);
    sum += cover;
    moment += cover * step;
  }
  return sum === 0 ? undefined : moment / sum;
}

function nearestTo({ width, height, values }: LineMap, x: number, y: number): number {
  const column = Math.round(x);
  const row = Math.round(y);
  return column >= 0 && row >= 0 && column < width && row < height ? (values[row * width + column] ?? 0) : 0;
}

/** Between four cells, in proportion; nothing beyond the edge. */
function coverAt({ width, height, values }: LineMap, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (!(column >= 0 && row >= 0 && column < width - 1 && row < height - 1)) return 0;
  const right = x - column;
  const down = y - row;
  const at = row * width + column;
  const upper = (values[at] ?? 0) * (1 - right) + (values[at + 1] ?? 0) * right;
  const lower = (values[at + width] ?? 0) * (1 - right) + (values[at + width + 1] ?? 0) * right;
  return upper * (1 - down) + lower * down;
}
