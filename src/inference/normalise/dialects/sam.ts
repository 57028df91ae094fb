import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { readItems } from '../read/fields.ts';
import { four, xywh } from '../read/geometry.ts';

export const sam: Dialect = {
  name: 'sam',
  of: 'Segment Anything, `SamAutomaticMaskGenerator`',
  form: '`[{segmentation, bbox[x, y, w, h], area, predicted_iou, stability_score, point_coords, crop_box}]`',
  source: 'https://github.com/facebookresearch/segment-anything/blob/main/segment_anything/automatic_mask_generator.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'never',
  label: 'none',
  also: [],
  note: '`predicted_iou` judges a mask and is no score of a class. A detection of the manifest’s first label.',
  recognise: (payload) =>
    ofSome(payload, (item) =>
      members(item, ['bbox:four', 'area', 'predicted_iou'], ['segmentation', 'stability_score']),
    ),
  read: (payload) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xywh(four(item.bbox)),
      label: undefined,
      labelRaw: undefined,
    })),
};
