import type { Dialect } from '../dialect.ts';
import { rowsOf } from '../read/evidence.ts';
import { readRows } from '../read/fields.ts';
import { byNumber } from '../read/labels.ts';

const form = ['x1', 'y1', 'x2', 'y2', 'score', 'class', 'text'];

export const xyxyScoreClassText: Dialect = {
  name: 'xyxy-score-class-text',
  of: 'siltstone’s decoder `characters`',
  form: '`[[x1, y1, x2, y2, score, class, text], …]`',
  source: 'src/inference/decoders/characters.ts',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'input px',
  score: 'always',
  label: 'number',
  also: ['text'],
  recognise: (payload) =>
    rowsOf(7, payload, (row) => typeof row[0] === 'number' && typeof row[6] === 'string').map(
      (rows) => `${rows}, a text last`,
    ),
  read: (payload, { labels }) =>
    readRows(payload, '$', form, ([x1, y1, x2, y2, score, label, text], path) => ({
      path,
      corners: [x1, y1, x2, y2],
      score,
      ...byNumber(label, labels),
      text,
    })),
};
