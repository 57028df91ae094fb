import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { members, xyxy } from '../read/geometry.ts';

const sides = ['x_min', 'y_min', 'x_max', 'y_max'] as const;

export const moondream: Dialect = {
  name: 'moondream',
  of: 'Moondream `detect`',
  form: '`{objects[{x_min, y_min, x_max, y_max}]}`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/vlm.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 1,
  score: 'never',
  label: 'none',
  also: [],
  note: 'It finds what was asked for and does not name it: the label is the manifest’s first.',
  recognise: (payload) => ofSome(at(payload, 'objects'), (item) => membersOf(item, sides)),
  read: (payload) =>
    readItems(at(payload, 'objects'), '$.objects', (item, path) => ({
      path,
      corners: xyxy(members(item, sides)),
      label: undefined,
      labelRaw: undefined,
    })),
};
