import type { Detection } from './candidate.ts';
import type { Dialect } from './dialect.ts';
import type { Normalised } from './normalised.ts';

/** More is a payload that the detections surely do not say whole. */
const depthMax = 8;

/**
 * Whether a payload holds anything that its detections do not say in the same words: other coordinates, names, scores, or
 * something they have no place for. Such a payload cannot be made again of them.
 */
export function differs(payload: unknown, dialect: Dialect | undefined, read: Normalised): boolean {
  if (read.issues.length === 0 && !holdsOther(payload, new Set(), depthMax)) return false;
  if (read.issues.length > 0 || read.paddingCount !== undefined || dialect?.unit !== 'frame px') return true;
  if (dialect.geometry !== 'left, top, right, bottom' || dialect.payload === 'text') return true;
  const said = new Set<unknown>(read.detections.flatMap(valuesOf));
  return holdsOther(payload, said, depthMax);
}

const valuesOf = ({ keypoints = [], frame_index: _, ...fields }: Detection): readonly unknown[] => [
  ...Object.values(fields),
  ...keypoints.flatMap((point) => Object.values(point)),
];

function holdsOther(value: unknown, said: ReadonlySet<unknown>, depth: number): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value !== 'object') return !said.has(value);
  if (depth === 0) return true;
  return Object.values(value).some((one) => holdsOther(one, said, depth - 1));
}
