import type { Dialect } from '../dialect.ts';
import { byCocoId } from '../read/coco.ts';
import { members, ofSome } from '../read/evidence.ts';
import { readItems } from '../read/fields.ts';
import { four, xywh } from '../read/geometry.ts';
import { triples } from '../read/keypoints.ts';

export const cocoResults: Dialect = {
  name: 'coco-results',
  of: 'COCO results: pycocotools, Detectron2’s `instances_to_coco_json`',
  form: '`[{image_id, category_id, bbox[x, y, w, h], score, segmentation?, keypoints?[x, y, v, …]}]`',
  source: 'https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/coco.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'always',
  label: 'number',
  also: ['key points', 'frame'],
  note: 'With 80 labels the sparse ids of COCO (1 to 90) are understood; with any other number of them 1 is the first label, with 91 it is number 0.',
  recognise: (payload) =>
    ofSome(payload, (item) => members(item, ['bbox:four', 'category_id:number'], ['score', 'image_id', 'keypoints'])),
  read: (payload, { labels }) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xywh(four(item.bbox)),
      score: item.score,
      ...byCocoId(item.category_id, labels),
      keypoints: triples(item.keypoints),
      frame: item.image_id,
    })),
};
