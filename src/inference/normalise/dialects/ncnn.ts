import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { readItems } from '../read/fields.ts';
import { members, xywh } from '../read/geometry.ts';
import { byNameOrNumber } from '../read/labels.ts';

export const ncnn: Dialect = {
  name: 'ncnn',
  of: 'ncnn’s model zoo',
  form: '`[{rect{x, y, w, h}, prob, label}]`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/core.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'always',
  label: 'name or number',
  also: [],
  recognise: (payload) =>
    ofSome(payload, (item) => membersOf(item, ['rect.x', 'rect.y', 'rect.w', 'rect.h', 'prob'], ['label'])),
  read: (payload, { labels }) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xywh(members(item.rect, ['x', 'y', 'w', 'h'])),
      score: item.prob,
      ...byNameOrNumber(item.label, labels),
    })),
};
