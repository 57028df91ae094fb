import type { Dialect } from '../dialect.ts';
import { evidenceOfQwen, readQwen } from '../read/qwen.ts';

export const qwen25Vl: Dialect = {
  name: 'qwen2-5-vl',
  of: 'Qwen2.5-VL',
  form: 'a list in JSON, mostly in a code fence: `[{"bbox_2d": [x1, y1, x2, y2], "label" or "text_content"}]`',
  source: 'https://github.com/QwenLM/Qwen3-VL/issues/721',
  checked: 'verified',
  payload: 'text',
  geometry: 'left, top, right, bottom',
  unit: 'input px',
  score: 'never',
  label: 'name',
  also: ['text'],
  note: 'px are those of the picture as the model’s processor resized it. Qwen3-VL writes the same in thousandths: undeclared it is ambiguous, unless a number is above 1000. Of a text that ends within an item the items before it are read.',
  recognise: evidenceOfQwen,
  read: (payload, { labels }) => readQwen(payload, labels),
};
