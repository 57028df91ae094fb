import type { Dialect } from '../dialect.ts';
import { rowsOf } from '../read/evidence.ts';
import { readRows } from '../read/fields.ts';
import { byNumber } from '../read/labels.ts';

const form = ['x1', 'y1', 'x2', 'y2', 'score', 'class'];

export const xyxyScoreClass: Dialect = {
  name: 'xyxy-score-class',
  of: 'siltstone’s decoders of boxes; models with suppression inside (YOLOv10, `nms=True`)',
  form: '`[[x1, y1, x2, y2, score, class], …]`',
  source: 'https://github.com/ultralytics/ultralytics/issues/20039',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'input px',
  score: 'always',
  label: 'number',
  also: [],
  note: 'Rows of zeros, with which a model fills its output up, are no boxes.',
  recognise: (payload) => rowsOf(6, payload, (row) => row.every((value) => typeof value === 'number')),
  read: (payload, { labels }) => {
    let paddingCount = 0;
    const reading = readRows(payload, '$', form, (row, path) => {
      const [x1, y1, x2, y2, score, label] = row;
      if (score === 0 && x1 === x2 && y1 === y2) {
        paddingCount++;
        return undefined;
      }
      return { path, corners: [x1, y1, x2, y2], score, ...byNumber(label, labels) };
    });
    return { ...reading, paddingCount };
  },
};
