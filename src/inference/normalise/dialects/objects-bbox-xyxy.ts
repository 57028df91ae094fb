import type { Dialect } from '../dialect.ts';
import { readItems } from '../read/fields.ts';
import { xyxy } from '../read/geometry.ts';
import { boxIn, hasBox, labelIn, plainObject, scoreIn } from '../read/plain.ts';

export const objectsBboxXyxy: Dialect = {
  ...plainObject,
  name: 'objects-bbox-xyxy',
  of: 'programs of one’s own',
  form: '`[{bbox or box [x1, y1, x2, y2], score or confidence, label or name or class, track_id?}]`',
  geometry: 'left, top, right, bottom',
  note: `${plainObject.note} A list in which a third number is below its first, or a fourth below its second, is not in it.`,
  recognise: (payload) => hasBox(payload, ([x1, y1, x2, y2]) => !(x2 < x1) && !(y2 < y1)),
  read: (payload, { labels }) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xyxy(boxIn(item)),
      score: scoreIn(item),
      ...labelIn(item, labels),
      track: item.track_id,
    })),
};
