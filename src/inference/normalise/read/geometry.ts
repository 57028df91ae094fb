import type { CandidateKeypoint, Corners } from '../candidate.ts';
import { at } from './fields.ts';

/**
 * Corners from what stands in a payload. A value that is no number makes all corners it goes into that value, so that the
 * check tells it as it was written.
 */
type Four = readonly [unknown, unknown, unknown, unknown];

/** A list of exactly four; else there is no box. */
export const four = (value: unknown): Four | undefined =>
  Array.isArray(value) && value.length === 4 ? (value as unknown as Four) : undefined;

/** Members of an object; where it has none of them there is no box. */
export function members(value: unknown, names: readonly [string, string, string, string]): Four | undefined {
  const [a, b, c, d] = names;
  const found = [at(value, a), at(value, b), at(value, c), at(value, d)] as const;
  return found.every((one) => one === undefined) ? undefined : found;
}

/** Left, top, right, bottom. */
export const xyxy = (box: Four | undefined): Corners | undefined => box;

/** Top, left, bottom, right. */
export const yxyx = (box: Four | undefined): Corners | undefined => box && [box[1], box[0], box[3], box[2]];

/** Left, right, top, bottom. */
export const xxyy = (box: Four | undefined): Corners | undefined => box && [box[0], box[2], box[1], box[3]];

/** Left, top, width, height. */
export const xywh = (box: Four | undefined): Corners | undefined =>
  box && [box[0], box[1], sum(box[0], box[2]), sum(box[1], box[3])];

/** Centre, width, height. */
export function centred(box: Four | undefined): Corners | undefined {
  if (box === undefined) return undefined;
  const [cx, cy, width, height] = box;
  return [sum(cx, width, -0.5), sum(cy, height, -0.5), sum(cx, width, 0.5), sum(cy, height, 0.5)];
}

function sum(a: unknown, b: unknown, factor = 1): unknown {
  if (!Number.isFinite(a)) return a;
  return Number.isFinite(b) ? (a as number) + (b as number) * factor : b;
}

/** The upright box around points; none around no points. One that is no number leaves no box. */
export function around(points: readonly CandidateKeypoint[] | undefined): Corners | undefined {
  if (points === undefined || points.length === 0) return undefined;
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return [x, y, x, y];
    x1 = Math.min(x1, x as number);
    y1 = Math.min(y1, y as number);
    x2 = Math.max(x2, x as number);
    y2 = Math.max(y2, y as number);
  }
  return [x1, y1, x2, y2];
}

/** `[[x, y], …]`; undefined where it is no list of such. */
export function pairs(value: unknown): CandidateKeypoint[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const list: readonly unknown[] = value;
  if (!list.every((pair) => Array.isArray(pair) && pair.length >= 2)) return undefined;
  return list.map((pair) => ({ x: (pair as unknown[])[0], y: (pair as unknown[])[1] }));
}

/** `[x, y, x, y, …]`; undefined where it is no list of an even number. */
export function flatPairs(value: unknown): CandidateKeypoint[] | undefined {
  if (!Array.isArray(value) || value.length % 2 !== 0) return undefined;
  const list: readonly unknown[] = value;
  return list.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: list[i + 1] }] : []));
}

/** `[{x, y}, …]`, of a list of objects. @param missing what a coordinate that was left out stands for */
export function points(value: unknown, [x, y] = ['x', 'y'], missing?: number): CandidateKeypoint[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const coordinate = (found: unknown) => (found === undefined ? missing : found);
  return value.map((point: unknown) => ({ x: coordinate(at(point, x)), y: coordinate(at(point, y)) }));
}
