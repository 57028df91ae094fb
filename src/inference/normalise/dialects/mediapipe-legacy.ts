import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, nth, readItems } from '../read/fields.ts';
import { members, points, xywh } from '../read/geometry.ts';
import { byNameElseNumber } from '../read/labels.ts';

export const mediapipeLegacy: Dialect = {
  name: 'mediapipe-legacy',
  of: 'MediaPipe Solutions (`mp.solutions`), its protobufs as JSON',
  form: '`{detections[{label_id[], score[], location_data{relative_bounding_box{xmin, ymin, width, height}, relative_keypoints?[{x, y}]}}]}`, or the list alone',
  source: 'https://github.com/google-ai-edge/mediapipe/blob/master/mediapipe/framework/formats/location_data.proto',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 1,
  score: 'always',
  label: 'name or number',
  also: ['key points'],
  note: 'The face detector gives number 0, or no number at all: the label is the first then.',
  recognise: (payload) =>
    ofSome(listOf(payload), (item) => membersOf(item, ['location_data.relative_bounding_box'], ['score', 'label_id'])),
  read: (payload, { labels }) =>
    readItems(listOf(payload), Array.isArray(payload) ? '$' : '$.detections', (item, path) => ({
      path,
      corners: xywh(members(at(item.location_data, 'relative_bounding_box'), ['xmin', 'ymin', 'width', 'height'])),
      score: nth(item.score, 0),
      ...byNameElseNumber(nth(item.label, 0), nth(item.label_id, 0) ?? 0, labels),
      keypoints: points(at(item.location_data, 'relative_keypoints')),
    })),
};

const listOf = (payload: unknown): unknown => (Array.isArray(payload) ? payload : at(payload, 'detections'));
