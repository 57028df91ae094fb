import type { Dialect } from '../dialect.ts';
import { evidenceOfQwen, isBeyondThousand, readQwen } from '../read/qwen.ts';

export const qwen3Vl: Dialect = {
  name: 'qwen3-vl',
  of: 'Qwen3-VL, Qwen2-VL',
  form: 'a list in JSON, mostly in a code fence: `[{"bbox_2d": [x1, y1, x2, y2], "label" or "text_content"}]`',
  source: 'https://github.com/QwenLM/Qwen3-VL/issues/1741',
  checked: 'unverified: whether the whole side is 1000, as its authors say, or 999',
  payload: 'text',
  geometry: 'left, top, right, bottom',
  unit: 1000,
  score: 'never',
  label: 'name',
  also: ['text'],
  note: 'Qwen2.5-VL writes the same in px: undeclared it is ambiguous. Of a text that ends within an item the items before it are read.',
  recognise: (payload) => (isBeyondThousand(payload) ? [] : evidenceOfQwen(payload)),
  read: (payload, { labels }) => readQwen(payload, labels),
};
