import type { Dialect } from '../dialect.ts';
import { unreadable } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';
import { numeric } from '../read/numbers.ts';
import { readMatches } from '../read/tokens.ts';

export const deepseekVl2: Dialect = {
  name: 'deepseek-vl2',
  of: 'DeepSeek-VL2, DeepSeek-OCR',
  form: '`<|ref|>label<|/ref|><|det|>[[x1, y1, x2, y2], …]<|/det|>`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/vlm.py',
  checked: 'verified',
  payload: 'text',
  geometry: 'left, top, right, bottom',
  unit: 999,
  score: 'never',
  label: 'name',
  also: [],
  note: 'One label may have several boxes. A list that ends within a box is an issue; the boxes before it are read.',
  recognise: (payload) =>
    typeof payload === 'string' && /<\|ref\|>[^<]*<\|\/ref\|>\s*<\|det\|>/.test(payload) ? ['<|ref|> and <|det|>'] : [],
  read: (payload) => {
    if (typeof payload !== 'string') return unreadable('$', 'a text has to be here');
    return readMatches(payload, /<\|ref\|>([^<]*)<\|\/ref\|>\s*<\|det\|>([^<]*)/g, ([, label, list = ''], path) =>
      boxesIn(list).map((box) => ({ path, corners: xyxy(four(box)), ...byName(label?.trim()) })),
    );
  },
};

/** Each box of a list, and one of too few numbers where none is whole or the last has no end. */
const boxesIn = (list: string): readonly (readonly unknown[])[] =>
  Array.from(list.matchAll(/\[([^[\]]*)(?:\]|$)/g), ([, numbers = '']) => numbers.split(',').map(numeric)).filter(
    (box, i) => i > 0 || box.length > 1 || box[0] !== '',
  );
