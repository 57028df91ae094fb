import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { readItems } from '../read/fields.ts';
import { members, xyxy } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

export const hfPipeline: Dialect = {
  name: 'hf-pipeline',
  of: 'Hugging Face transformers `pipeline("object-detection")`, transformers.js',
  form: '`[{score, label, box{xmin, ymin, xmax, ymax}}]`',
  source: 'https://github.com/huggingface/transformers/blob/main/src/transformers/pipelines/object_detection.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'px or ratio',
  score: 'always',
  label: 'name',
  also: [],
  note: 'transformers.js gives ratios with `percentage: true`, and does not say so.',
  recognise: (payload) =>
    ofSome(payload, (item) => membersOf(item, ['box.xmin', 'box.ymin', 'box.xmax', 'box.ymax', 'label'], ['score'])),
  read: (payload) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xyxy(members(item.box, ['xmin', 'ymin', 'xmax', 'ymax'])),
      score: item.score,
      ...byName(item.label),
    })),
};
