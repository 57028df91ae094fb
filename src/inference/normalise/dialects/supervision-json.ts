import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { readItems } from '../read/fields.ts';
import { sinkRow } from '../read/supervision.ts';

export const supervisionJson: Dialect = {
  name: 'supervision-json',
  of: 'supervision `JSONSink`',
  form: '`[{x_min, y_min, x_max, y_max, class_id, confidence, tracker_id, class_name?, …}]`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/tools/json_sink.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'name or number',
  also: ['track id', 'frame'],
  note: 'An empty text stands for none. A column `frame_index` that was added counts as the frame.',
  recognise: (payload) =>
    ofSome(payload, (item) =>
      members(item, ['x_min', 'y_min', 'x_max', 'y_max', 'tracker_id'], ['class_id', 'confidence']),
    ),
  read: (payload, { labels }) => readItems(payload, '$', (item, path) => sinkRow(item, path, labels)),
};
