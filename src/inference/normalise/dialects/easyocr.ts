import type { Dialect } from '../dialect.ts';
import { rowsOf } from '../read/evidence.ts';
import { readRows } from '../read/fields.ts';
import { pairs } from '../read/geometry.ts';
import { textLabel } from '../read/labels.ts';
import { outlined } from '../read/outline.ts';

export const easyocr: Dialect = {
  name: 'easyocr',
  of: 'EasyOCR `readtext`',
  form: '`[[[[x, y] × 4], text, confidence], …]`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/core.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'outline of 4 corners, around which the box is',
  unit: 'frame px',
  score: 'always',
  label: 'none',
  also: ['text', 'key points'],
  recognise: (payload) =>
    rowsOf(3, payload, ([outline, text]) => Array.isArray(outline) && typeof text === 'string').map(
      (rows) => `${rows}: outline, text, confidence`,
    ),
  read: (payload, { labels }) =>
    readRows(payload, '$', ['outline', 'text', 'confidence'], ([outline, text, score], path) => ({
      path,
      ...outlined(pairs(outline)),
      score,
      ...textLabel(labels),
      text,
    })),
};
