import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readColumns, unreadable } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { readImages } from '../read/images.ts';
import { byNumber } from '../read/labels.ts';

export const mmdetection: Dialect = {
  name: 'mmdetection',
  of: 'MMDetection `DetInferencer`',
  form: '`{predictions[{bboxes[[x1, y1, x2, y2]], labels[], scores[], masks?}]}`, one entry an image',
  source: 'https://github.com/open-mmlab/mmdetection/blob/main/mmdet/apis/det_inferencer.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'number',
  also: ['frame'],
  recognise: (payload) =>
    ofSome(at(payload, 'predictions'), (image) => members(image, ['bboxes:rows', 'labels:list'], ['scores'])),
  read: (payload, { labels }) => {
    const predictions = at(payload, 'predictions');
    if (!Array.isArray(predictions)) return unreadable('$.predictions', 'a list has to be here');
    return readImages(predictions, (image, path) =>
      readColumns(image, path.replace('$', '$.predictions'), ['bboxes', 'labels', 'scores'], (row, place) => ({
        path: place,
        corners: xyxy(four(row.bboxes)),
        score: row.scores,
        ...byNumber(row.labels, labels),
      })),
    );
  },
};
