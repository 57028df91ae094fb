import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { type Fields, nth, readItems } from '../read/fields.ts';
import { around, pairs } from '../read/geometry.ts';
import { byNameOrNumber } from '../read/labels.ts';

export const norfair: Dialect = {
  name: 'norfair',
  of: 'the tracker Norfair, its detections and tracked objects with names kept',
  form: '`[{points[[x1, y1], [x2, y2]], scores, label, id?}]`; of a tracked object the points are `estimate`',
  source: 'https://github.com/tryolabs/norfair/blob/master/norfair/tracker.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left top and right bottom corner, as points',
  unit: 'frame px',
  score: 'optional',
  label: 'name or number',
  also: ['track id', 'key points'],
  note: 'More than two points are key points, and the box is around them. A score of each point stands with it; the first is the detection’s.',
  recognise: (payload) =>
    ofSome(payload, (item) => {
      const found = members(item, ['points:rows', 'scores'], ['label', 'id']);
      return found.length > 0 ? found : members(item, ['estimate:rows', 'id'], ['label']);
    }),
  read: (payload, { labels }) =>
    readItems(payload, '$', (item, path) => ({
      path,
      ...placeOf(item),
      score: Array.isArray(item.scores) ? item.scores[0] : item.scores,
      ...byNameOrNumber(item.label, labels),
      track: item.id,
    })),
};

function placeOf({ points, estimate, scores }: Fields): Pick<Candidate, 'corners' | 'keypoints'> {
  const found = pairs(points ?? estimate) ?? [];
  const [first, second] = found;
  if (first === undefined || second === undefined) return { corners: undefined };
  if (found.length === 2) return { corners: [first.x, first.y, second.x, second.y] };
  return { corners: around(found), keypoints: found.map((point, i) => ({ ...point, score: nth(scores, i) })) };
}
