import type { Dialect } from '../dialect.ts';
import { members } from '../read/evidence.ts';
import { four, yxyx } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';
import { evidenceOfWritten, readWritten } from '../read/written.ts';

export const gemini: Dialect = {
  name: 'gemini',
  of: 'Google Gemini 2 and 2.5',
  form: 'a list in JSON, mostly in a code fence: `[{"box_2d": [ymin, xmin, ymax, xmax], "label", "mask"?, "confidence"?}]`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/vlm.py',
  checked: 'verified',
  payload: 'text',
  geometry: 'top, left, bottom, right',
  unit: 1000,
  score: 'optional',
  label: 'name',
  also: [],
  note: 'y comes first. Masks are not kept. Of a text that ends within an item the items before it are read.',
  recognise: (payload) => evidenceOfWritten(payload, (item) => members(item, ['box_2d:four'], ['label', 'mask'])),
  read: (payload) =>
    readWritten(payload, (item, path) => ({
      path,
      corners: yxyx(four(item.box_2d)),
      score: item.confidence,
      ...byName(item.label),
    })),
};
