import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { four, xywh } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

export const fiftyone: Dialect = {
  name: 'fiftyone',
  of: 'FiftyOne `Detections`',
  form: '`{detections[{label, bounding_box[x, y, w, h], confidence?, index?, mask?}]}`, or the list alone',
  source: 'https://docs.voxel51.com/user_guide/using_datasets.html#object-detection',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 1,
  score: 'optional',
  label: 'name',
  also: ['track id'],
  note: '`index` is the object’s number over the frames of a video.',
  recognise: (payload) =>
    ofSome(listOf(payload), (item) => members(item, ['bounding_box:four', 'label'], ['confidence', 'index'])),
  read: (payload) =>
    readItems(listOf(payload), Array.isArray(payload) ? '$' : '$.detections', (item, path) => ({
      path,
      corners: xywh(four(item.bounding_box)),
      score: item.confidence,
      ...byName(item.label),
      track: item.index,
    })),
};

const listOf = (payload: unknown): unknown => (Array.isArray(payload) ? payload : at(payload, 'detections'));
