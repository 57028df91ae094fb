import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, joined, readItems, unreadable } from '../read/fields.ts';
import { centred, members } from '../read/geometry.ts';
import { byNameElseNumber } from '../read/labels.ts';

export const darknet: Dialect = {
  name: 'darknet',
  of: 'Darknet `-out result.json`',
  form: '`[{frame_id, filename?, objects[{class_id, name, relative_coordinates{center_x, center_y, width, height}, confidence}]}]`',
  source: 'https://github.com/AlexeyAB/darknet/blob/master/src/network.c',
  checked: 'unverified: whether the first frame is 0 or 1',
  payload: 'json',
  geometry: 'centre, width, height',
  unit: 1,
  score: 'always',
  label: 'name or number',
  also: ['frame'],
  note: 'A box has a row for each class above 0.005: the same place repeats. Frame numbers are kept as written.',
  recognise: (payload) =>
    ofSome(payload, (frame) =>
      ofSome(at(frame, 'objects'), (item) =>
        membersOf(item, ['relative_coordinates.center_x', 'confidence'], ['class_id', 'name']),
      ),
    ),
  read: (payload, { labels }) => {
    if (!Array.isArray(payload)) return unreadable('$', 'a list of frames has to be here');
    return joined(
      payload.map((frame: unknown, i) =>
        readItems(at(frame, 'objects'), `$[${i}].objects`, (item, path) => ({
          path,
          corners: centred(members(item.relative_coordinates, ['center_x', 'center_y', 'width', 'height'])),
          score: item.confidence,
          ...byNameElseNumber(item.name, item.class_id, labels),
          frame: at(frame, 'frame_id'),
        })),
      ),
    );
  },
};
