import type { Dialect } from '../dialect.ts';
import { members } from '../read/evidence.ts';
import { readColumns } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { byNumber } from '../read/labels.ts';

export const forgesyteColumnar: Dialect = {
  name: 'forgesyte-columnar',
  of: 'forgesyte’s football plugins, supervision’s `Detections` as a dictionary',
  form: '`{xyxy[[x1, y1, x2, y2]], confidence[], class_id[], tracker_id?[], centers?}`',
  source: 'https://github.com/rogermt/forgesyte-plugins',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'number',
  also: ['track id'],
  recognise: (payload) =>
    members(payload, ['xyxy:rows', 'class_id:list'], ['confidence:list', 'tracker_id', 'centers']),
  read: (payload, { labels }) =>
    readColumns(payload, '$', ['xyxy', 'confidence', 'class_id', 'tracker_id'], (row, path) => ({
      path,
      corners: xyxy(four(row.xyxy)),
      score: row.confidence,
      ...byNumber(row.class_id, labels),
      track: row.tracker_id,
    })),
};
