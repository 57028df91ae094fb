import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { readItems } from '../read/fields.ts';
import { members, xyxy } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

const sides = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

export const transformersJs: Dialect = {
  name: 'transformers-js',
  of: 'transformers.js `pipeline("object-detection")`',
  form: '`[{score, label, box{xmin, ymin, xmax, ymax}}]`',
  source: 'https://huggingface.co/spaces/wt002/test_space/blob/main/index.js',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'px or ratio',
  score: 'always',
  label: 'name',
  also: [],
  note: 'With `percentage: true` the numbers are ratios, and the output does not say so.',
  recognise: (payload) =>
    ofSome(payload, (item) => membersOf(item, [...sides.map((side) => `box.${side}`), 'label'], ['score'])),
  read: (payload) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xyxy(members(item.box, sides)),
      score: item.score,
      ...byName(item.label),
    })),
};
