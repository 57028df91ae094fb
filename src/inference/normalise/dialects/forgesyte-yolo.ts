import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { byNameElseNumber } from '../read/labels.ts';

export const forgesyteYolo: Dialect = {
  name: 'forgesyte-yolo',
  of: 'forgesyte’s YOLO plugins',
  form: '`{detections[{xyxy[x1, y1, x2, y2], confidence, class_id, class_name}], count, classes}`, also as `result` of `{success, result}`',
  source: 'https://github.com/rogermt/forgesyte-plugins',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'name or number',
  also: ['track id'],
  recognise: (payload) =>
    ofSome(listOf(payload), (item) => members(item, ['xyxy:four', 'confidence'], ['class_id', 'class_name'])),
  read: (payload, { labels }) =>
    readItems(listOf(payload), pathOf(payload), (item, path) => ({
      path,
      corners: xyxy(four(item.xyxy)),
      score: item.confidence,
      ...byNameElseNumber(item.class_name, item.class_id, labels),
      track: item.track_id ?? item.tracker_id,
    })),
};

const listOf = (payload: unknown): unknown => at(payload, 'detections') ?? at(payload, 'result', 'detections');

const pathOf = (payload: unknown): string =>
  at(payload, 'detections') === undefined ? '$.result.detections' : '$.detections';
