import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { readItems } from '../read/fields.ts';
import { four, xywh } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

export const cocoSsd: Dialect = {
  name: 'coco-ssd',
  of: 'TensorFlow.js coco-ssd',
  form: '`[{bbox[x, y, width, height], class, score}]`, the class a name',
  source: 'https://github.com/tensorflow/tfjs-models/tree/master/coco-ssd',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'always',
  label: 'name',
  also: [],
  recognise: (payload) => ofSome(payload, (item) => members(item, ['bbox:four', 'class:string', 'score'])),
  read: (payload) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xywh(four(item.bbox)),
      score: item.score,
      ...byName(item.class),
    })),
};
