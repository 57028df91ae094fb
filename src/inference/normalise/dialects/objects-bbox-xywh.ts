import type { Dialect } from '../dialect.ts';
import { readItems } from '../read/fields.ts';
import { xywh } from '../read/geometry.ts';
import { boxIn, hasBox, labelIn, plainObject, scoreIn } from '../read/plain.ts';

export const objectsBboxXywh: Dialect = {
  ...plainObject,
  name: 'objects-bbox-xywh',
  of: 'programs of one’s own',
  form: '`[{bbox or box [x, y, width, height], score or confidence, label or name or class, track_id?}]`',
  geometry: 'left, top, width, height',
  recognise: (payload) => hasBox(payload, () => true),
  read: (payload, { labels }) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xywh(boxIn(item)),
      score: scoreIn(item),
      ...labelIn(item, labels),
      track: item.track_id,
    })),
};
