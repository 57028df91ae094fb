import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { byNameElseNumber } from '../read/labels.ts';

export const forgesyteTracked: Dialect = {
  name: 'forgesyte-tracked',
  of: 'forgesyte’s tracking plugins',
  form: '`{detections{tracked_objects[{track_id, class_id, class, xyxy[x1, y1, x2, y2], center[]}]}}`',
  source: 'https://github.com/rogermt/forgesyte-plugins',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'never',
  label: 'name or number',
  also: ['track id'],
  note: 'No score is made up: forgesyte’s own server said 1.0 here.',
  recognise: (payload) =>
    ofSome(listOf(payload), (item) => members(item, ['xyxy:four', 'track_id'], ['class', 'class_id', 'center'])),
  read: (payload, { labels }) =>
    readItems(listOf(payload), '$.detections.tracked_objects', (item, path) => ({
      path,
      corners: xyxy(four(item.xyxy)),
      ...byNameElseNumber(item.class, item.class_id, labels),
      track: item.track_id,
    })),
};

const listOf = (payload: unknown): unknown => at(payload, 'detections', 'tracked_objects');
