import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { members, xyxy } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

const sides = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

export const hfPipeline: Dialect = {
  name: 'hf-pipeline',
  of: 'Hugging Face transformers `pipeline("object-detection")`',
  form: '`[{score, label, box{xmin, ymin, xmax, ymax}}]` in whole px',
  source: 'https://github.com/huggingface/transformers/blob/main/src/transformers/pipelines/object_detection.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'name',
  also: [],
  recognise: (payload) => ofSome(payload, evidenceOf),
  read: (payload) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xyxy(members(item.box, sides)),
      score: item.score,
      ...byName(item.label),
    })),
};

/** Ratios are not its own: transformers.js writes those. */
function evidenceOf(item: unknown): readonly string[] {
  const found = membersOf(item, [...sides.map((side) => `box.${side}`), 'label'], ['score']);
  const numbers = sides.map((side) => Number(at(item, 'box', side)));
  if (numbers.every(Number.isInteger)) return found.length > 0 ? [...found, 'whole px'] : [];
  return numbers.every((one) => Math.abs(one) <= 1) ? [] : found;
}
