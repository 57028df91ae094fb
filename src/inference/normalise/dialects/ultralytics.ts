import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, type Fields, isFields, readItems } from '../read/fields.ts';
import { around, members, xyxy } from '../read/geometry.ts';
import { columnsOf } from '../read/keypoints.ts';
import { byNameElseNumber } from '../read/labels.ts';

export const ultralytics: Dialect = {
  name: 'ultralytics',
  of: 'Ultralytics `Results.to_json()` and `summary()`',
  form: '`[{name, class, confidence, box{x1, y1, x2, y2}, track_id?, segments{x[], y[]}?, keypoints{x[], y[], visible[]}?}]`; a turned box has x1 to y4, a class of the whole frame no box',
  source: 'https://github.com/ultralytics/ultralytics/blob/main/ultralytics/engine/results.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom; or four corners, which are the key points then',
  unit: 'px or ratio',
  score: 'always',
  label: 'name or number',
  also: ['track id', 'key points'],
  note: 'With `normalize=True` the numbers are ratios, and the output does not say so.',
  recognise: (payload) => ofSome(payload, evidenceOf),
  read: (payload, { labels }) =>
    readItems(payload, '$', (item, path) => ({
      path,
      ...placeOf(item),
      score: item.confidence,
      ...byNameElseNumber(item.name, item.class, labels),
      track: item.track_id,
    })),
};

function placeOf({ box, keypoints }: Fields): Pick<Candidate, 'corners' | 'keypoints'> {
  if (box === undefined) return { corners: 'whole' };
  const corners = ['1', '2', '3', '4'].map((n) => ({ x: at(box, `x${n}`), y: at(box, `y${n}`) }));
  const isTurned = corners.every(({ x }) => x !== undefined);
  if (isTurned) return { corners: around(corners), keypoints: corners };
  return { corners: xyxy(members(box, ['x1', 'y1', 'x2', 'y2'])), keypoints: columnsOf(keypoints, 'visible') };
}

const named = ['name:string', 'class:number', 'confidence'];

/** A box is a member of its own; a class of the whole frame has nothing but these three. */
function evidenceOf(item: unknown): readonly string[] {
  const found = membersOf(item, [...named, 'box.x1', 'box.y1'], ['box.x2', 'box.y2', 'track_id']);
  if (found.length > 0 || !isFields(item) || Object.keys(item).length !== named.length) return found;
  return membersOf(item, named);
}
