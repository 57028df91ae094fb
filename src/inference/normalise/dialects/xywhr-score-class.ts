import { boxAroundPoints, cornersOf } from '../../oriented-box.ts';
import type { Candidate } from '../candidate.ts';
import type { DialectReading } from '../index.ts';
import { labelOf, readRows } from './rows.ts';

const form = ['cx', 'cy', 'width', 'height', 'angle', 'score', 'class'];

/**
 * `[[cx, cy, width, height, angle, score, class], …]`, the angle in radians: turned boxes. The detection's box is the
 * upright one around it; its corners are the key points.
 */
export function readXywhrScoreClass(payload: unknown, labels: readonly string[]): DialectReading {
  return readRows(payload, form, ([cx, cy, width, height, angle, score, labelRaw], path) => ({
    path,
    ...placeOf([cx, cy, width, height, angle]),
    score,
    label: labelOf(labelRaw, labels),
    labelRaw,
  }));
}

function placeOf(numbers: readonly unknown[]): Pick<Candidate, 'corners' | 'keypoints'> {
  const [cx, cy, width, height, angle] = numbers.filter((value): value is number => Number.isFinite(value));
  if (cx === undefined || cy === undefined || width === undefined || height === undefined || angle === undefined) {
    // A number that is none makes the box one without a place; the first that is none is shown.
    const odd = numbers.find((value) => !Number.isFinite(value));
    return { corners: [odd, odd, odd, odd] };
  }
  const keypoints = cornersOf({ cx, cy, width, height, angle });
  const { x1, y1, x2, y2 } = boxAroundPoints(keypoints);
  return { corners: [x1, y1, x2, y2], keypoints };
}
