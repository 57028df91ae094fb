import type { Dialect } from '../dialect.ts';
import { readItems } from '../read/fields.ts';
import { members, xywh } from '../read/geometry.ts';
import { hasSides, labelIn, plainObject, scoreIn } from '../read/plain.ts';

export const objectsXywh: Dialect = {
  ...plainObject,
  name: 'objects-xywh',
  of: 'programs of one’s own',
  form: '`[{x, y, width, height, score or confidence, label or name or class, track_id?}]`',
  geometry: 'left, top, width, height',
  recognise: (payload) => hasSides(payload, ['x', 'y', 'width', 'height']),
  read: (payload, { labels }) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xywh(members(item, ['x', 'y', 'width', 'height'])),
      score: scoreIn(item),
      ...labelIn(item, labels),
      track: item.track_id,
    })),
};
