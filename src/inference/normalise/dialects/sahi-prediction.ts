import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { members, xyxy } from '../read/geometry.ts';
import { byNameElseNumber } from '../read/labels.ts';

export const sahiPrediction: Dialect = {
  name: 'sahi-prediction',
  of: 'SAHI `ObjectPrediction`, member by member',
  form: '`[{bbox{minx, miny, maxx, maxy}, score{value}, category{id, name}}]`',
  source: 'https://github.com/obss/sahi/blob/main/sahi/prediction.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'name or number',
  also: [],
  recognise: (payload) =>
    ofSome(payload, (item) =>
      membersOf(item, ['bbox.minx', 'bbox.miny', 'bbox.maxx', 'bbox.maxy'], ['score.value', 'category']),
    ),
  read: (payload, { labels }) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xyxy(members(item.bbox, ['minx', 'miny', 'maxx', 'maxy'])),
      score: at(item.score, 'value'),
      ...byNameElseNumber(at(item.category, 'name'), at(item.category, 'id'), labels),
    })),
};
