import type { Dialect } from '../dialect.ts';
import { rowsOf } from '../read/evidence.ts';
import { readRows } from '../read/fields.ts';
import { byNumber } from '../read/labels.ts';

export const classScore: Dialect = {
  name: 'class-score',
  of: 'siltstone’s decoder `classify`',
  form: '`[[class, score], …]`',
  source: 'src/inference/decoders/classify.ts',
  checked: 'verified',
  payload: 'json',
  geometry: 'none: the box is the frame',
  unit: 'input px',
  score: 'always',
  label: 'number',
  also: [],
  recognise: (payload) => rowsOf(2, payload, ([label, score]) => isNumber(label) && isNumber(score)),
  read: (payload, { labels }) =>
    readRows(payload, '$', ['class', 'score'], ([label, score], path) => ({
      path,
      corners: 'whole',
      score,
      ...byNumber(label, labels),
    })),
};

const isNumber = (value: unknown): boolean => typeof value === 'number';
