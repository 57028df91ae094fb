import type { Dialect, DialectReading } from '../dialect.ts';
import { nth, readRows } from '../read/fields.ts';
import { pairs } from '../read/geometry.ts';
import { readImages } from '../read/images.ts';
import { textLabel } from '../read/labels.ts';
import { outlined } from '../read/outline.ts';

export const paddleocr2: Dialect = {
  name: 'paddleocr-2',
  of: 'PaddleOCR 2 `ocr()`',
  form: '`[[[[[x, y] × 4], [text, confidence]], …]]`, a list an image; old versions have no list around it',
  source: 'https://github.com/PaddlePaddle/PaddleOCR/blob/develop/doc/doc_en/whl_en.md',
  checked: 'verified',
  payload: 'json',
  geometry: 'outline of 4 corners, around which the box is',
  unit: 'frame px',
  score: 'always',
  label: 'none',
  also: ['text', 'key points', 'frame'],
  note: 'An image without text is null, or an empty list.',
  recognise: (payload) => {
    const images: readonly unknown[] = Array.isArray(payload) ? payload : [];
    const lines = isLine(images[0]) ? images : images.find((image) => isLine(nth(image, 0)));
    return lines === undefined ? [] : ['lines of an outline, and a text with its confidence'];
  },
  read: (payload, { labels }) =>
    isLine(nth(payload, 0))
      ? readLines(payload, '$', labels)
      : readImages(payload, (image, path) => readLines(image ?? [], path, labels)),
};

const isLine = (line: unknown): boolean =>
  Array.isArray(line) && line.length === 2 && pairs(line[0]) !== undefined && typeof nth(line[1], 0) === 'string';

const readLines = (lines: unknown, path: string, labels: readonly string[]): DialectReading =>
  readRows(lines, path, ['outline', '[text, confidence]'], ([outline, said], place) => ({
    path: place,
    ...outlined(pairs(outline)),
    score: nth(said, 1),
    ...textLabel(labels),
    text: nth(said, 0),
  }));
