import type { Dialect } from '../dialect.ts';
import { rowsOf } from '../read/evidence.ts';
import { readRows } from '../read/fields.ts';

export const textScore: Dialect = {
  name: 'text-score',
  of: 'siltstone’s decoder `ctc`',
  form: '`[[text, score], …]`',
  source: 'src/inference/decoders/ctc.ts',
  checked: 'verified',
  payload: 'json',
  geometry: 'none: the box is the frame',
  unit: 'input px',
  score: 'always',
  label: 'none',
  also: ['text'],
  recognise: (payload) =>
    rowsOf(2, payload, ([text, score]) => typeof text === 'string' && typeof score === 'number').map(
      (rows) => `${rows}, a text first`,
    ),
  read: (payload, { labels }) =>
    readRows(payload, '$', ['text', 'score'], ([text, score], path) => ({
      path,
      corners: 'whole',
      score,
      label: typeof text === 'string' ? labels[0] : undefined,
      labelRaw: text,
      text,
    })),
};
