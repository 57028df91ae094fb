import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { pairs } from '../read/geometry.ts';
import { textLabel } from '../read/labels.ts';
import { outlined } from '../read/outline.ts';

export const huaweiOcr: Dialect = {
  name: 'huawei-ocr',
  of: 'Huawei Cloud OCR',
  form: '`{result{words_block_count, words_block_list[{words, confidence?, location[[x, y] × 4]}], direction?}}`, or the result alone',
  source: 'https://support.huaweicloud.com/intl/en-us/usermanual-ocr/ocr_08_0009.html',
  checked: 'verified',
  payload: 'json',
  geometry: 'outline of 4 corners, around which the box is',
  unit: 'frame px',
  score: 'optional',
  label: 'none',
  also: ['text', 'key points'],
  recognise: (payload) =>
    ofSome(listOf(payload), (item) => members(item, ['words', 'location:list'], ['confidence'])).map(
      (name) => `words_block_list.${name}`,
    ),
  read: (payload, { labels }) =>
    readItems(
      listOf(payload),
      `$${at(payload, 'result') === undefined ? '' : '.result'}.words_block_list`,
      (item, path) => ({
        path,
        ...outlined(pairs(item.location)),
        score: item.confidence,
        ...textLabel(labels),
        text: item.words,
      }),
    ),
};

const listOf = (payload: unknown): unknown => at(at(payload, 'result') ?? payload, 'words_block_list');
