import type { Dialect } from '../dialect.ts';
import { byCocoId } from '../read/coco.ts';
import { members, ofSome } from '../read/evidence.ts';
import { readItems } from '../read/fields.ts';
import { four, xywh } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

export const sahi: Dialect = {
  name: 'sahi',
  of: 'SAHI `to_coco_predictions()` and `to_coco_annotations()`',
  form: '`[{image_id, bbox[x, y, w, h], score, category_id, category_name, segmentation, iscrowd, area}]`',
  source: 'https://github.com/obss/sahi/blob/main/sahi/prediction.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'optional',
  label: 'name or number',
  also: ['frame'],
  recognise: (payload) =>
    ofSome(payload, (item) =>
      members(item, ['bbox:four', 'category_id:number', 'category_name'], ['score', 'image_id', 'keypoints']),
    ),
  read: (payload, { labels }) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xywh(four(item.bbox)),
      score: item.score,
      ...(item.category_name === undefined ? byCocoId(item.category_id, labels) : byName(item.category_name)),
      frame: item.image_id,
    })),
};
