import type { Box } from '../box.ts';
import type { Size } from '../letterbox.ts';
import type { Point } from '../oriented-box.ts';

/** Further out than any line is wide, so that no edge of the frame shows where something was cut. */
const marginPx = 64;

/** With its corners in order; none of what is no number. */
export function inOrder({ x1, y1, x2, y2 }: Box): Box | undefined {
  if (![x1, y1, x2, y2].every(Number.isFinite)) return undefined;
  return { x1: Math.min(x1, x2), y1: Math.min(y1, y2), x2: Math.max(x1, x2), y2: Math.max(y1, y2) };
}

/**
 * What is drawn of a box: edges that lie far outside come near, since a dashed line of a billion px would be a billion
 * dashes. None of a box that is not in the frame at all.
 */
export function clipBox(box: Box, { width, height }: Size): Box | undefined {
  const { x1, y1, x2, y2 } = box;
  if (!(x2 >= 0 && y2 >= 0 && x1 <= width && y1 <= height)) return undefined;
  return {
    x1: Math.max(x1, -marginPx),
    y1: Math.max(y1, -marginPx),
    x2: Math.min(x2, width + marginPx),
    y2: Math.min(y2, height + marginPx),
  };
}

/** The part of a straight line that is in the frame or close to it. Liang and Barsky's way. */
export function clipLine(from: Point, to: Point, { width, height }: Size): readonly [Point, Point] | undefined {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const bounds = [
    [-dx, from.x + marginPx],
    [dx, width + marginPx - from.x],
    [-dy, from.y + marginPx],
    [dy, height + marginPx - from.y],
  ] as const;
  let [start, end] = [0, 1];
  for (const [step, room] of bounds) {
    if (step === 0 && room < 0) return undefined;
    if (step < 0) start = Math.max(start, room / step);
    if (step > 0) end = Math.min(end, room / step);
  }
  if (!(start <= end)) return undefined;
  const at = (part: number): Point => ({ x: from.x + part * dx, y: from.y + part * dy });
  return [start === 0 ? from : at(start), end === 1 ? to : at(end)];
}
