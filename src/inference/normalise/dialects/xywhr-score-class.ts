import { cornersOf } from '../../oriented-box.ts';
import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { rowsOf } from '../read/evidence.ts';
import { readRows } from '../read/fields.ts';
import { around } from '../read/geometry.ts';
import { byNumber } from '../read/labels.ts';

const form = ['cx', 'cy', 'width', 'height', 'angle', 'score', 'class'];

export const xywhrScoreClass: Dialect = {
  name: 'xywhr-score-class',
  of: 'siltstone’s decoder `yolo-obb`',
  form: '`[[cx, cy, width, height, angle, score, class], …]`, the angle in radians',
  source: 'src/inference/decoders/yolo-obb.ts',
  checked: 'verified',
  payload: 'json',
  geometry: 'centre, width, height, turned; the box is the upright one around it, its corners are the key points',
  unit: 'input px',
  score: 'always',
  label: 'number',
  also: ['key points'],
  recognise: (payload) => rowsOf(7, payload, (row) => row.every((value) => typeof value === 'number')),
  read: (payload, { labels }) =>
    readRows(payload, '$', form, ([cx, cy, width, height, angle, score, label], path) => ({
      path,
      ...placeOf([cx, cy, width, height, angle]),
      score,
      ...byNumber(label, labels),
    })),
};

function placeOf(numbers: readonly unknown[]): Pick<Candidate, 'corners' | 'keypoints'> {
  const [cx, cy, width, height, angle] = numbers.filter((value): value is number => Number.isFinite(value));
  if (cx === undefined || cy === undefined || width === undefined || height === undefined || angle === undefined) {
    // A number that is none makes the box one without a place; the first that is none is shown.
    const odd = numbers.find((value) => !Number.isFinite(value));
    return { corners: [odd, odd, odd, odd] };
  }
  const keypoints = cornersOf({ cx, cy, width, height, angle });
  return { corners: around(keypoints), keypoints };
}
