import type { Dialect } from '../dialect.ts';
import { members } from '../read/evidence.ts';
import { at, readColumns } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { byNumber } from '../read/labels.ts';

export const yoloNas: Dialect = {
  name: 'yolo-nas',
  of: 'YOLO-NAS (super-gradients)',
  form: '`{prediction{bboxes_xyxy[[x1, y1, x2, y2]], confidence[], labels[]}}`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/core.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'number',
  also: [],
  recognise: (payload) =>
    members(payload, ['prediction.bboxes_xyxy:rows'], ['prediction.confidence', 'prediction.labels']),
  read: (payload, { labels }) =>
    readColumns(at(payload, 'prediction'), '$.prediction', ['bboxes_xyxy', 'confidence', 'labels'], (row, path) => ({
      path,
      corners: xyxy(four(row.bboxes_xyxy)),
      score: row.confidence,
      ...byNumber(row.labels, labels),
    })),
};
