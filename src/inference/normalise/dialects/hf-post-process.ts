import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { readColumns } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { readImages } from '../read/images.ts';
import { byNameOrNumber } from '../read/labels.ts';

export const hfPostProcess: Dialect = {
  name: 'hf-post-process',
  of: 'Hugging Face transformers `post_process_object_detection`, grounded models with names as labels',
  form: '`[{scores[], labels[], boxes[[x1, y1, x2, y2]]}]`, one entry an image, or such an entry alone',
  source: 'https://github.com/huggingface/transformers/blob/main/src/transformers/models/detr/image_processing_detr.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'px or ratio',
  score: 'always',
  label: 'name or number',
  also: ['frame'],
  note: 'Without `target_sizes` the boxes are ratios, and the output does not say so.',
  recognise: (payload) => {
    const needed = ['boxes:rows', 'labels:list', 'scores:list'];
    const kinds = ['labels:numbers', 'labels:names'];
    return Array.isArray(payload)
      ? ofSome(payload, (image) => members(image, needed, kinds))
      : members(payload, needed, kinds);
  },
  read: (payload, { labels }) =>
    readImages(payload, (image, path) =>
      readColumns(image, path, ['boxes', 'labels', 'scores'], ({ boxes, labels: label, scores }, place) => ({
        path: place,
        corners: xyxy(four(boxes)),
        score: scores,
        ...byNameOrNumber(label, labels),
      })),
    ),
};
