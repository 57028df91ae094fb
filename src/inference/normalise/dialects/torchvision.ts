import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readColumns } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { readImages } from '../read/images.ts';
import { rowsOfPoints } from '../read/keypoints.ts';
import { byNumber } from '../read/labels.ts';

export const torchvision: Dialect = {
  name: 'torchvision',
  of: 'torchvision’s detection models',
  form: '`[{boxes[[x1, y1, x2, y2]], labels[], scores[], masks?, keypoints?[[[x, y, v]]], keypoints_scores?}]`, one entry an image',
  source: 'https://github.com/pytorch/vision/blob/main/torchvision/models/detection/faster_rcnn.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'number',
  also: ['key points', 'frame'],
  note: 'Number 0 is the background: the first label has to be its name.',
  recognise: (payload) =>
    ofSome(payload, (image) =>
      members(image, ['boxes:rows', 'labels:list', 'scores:list', 'labels:numbers'], ['keypoints']),
    ),
  read: (payload, { labels }) =>
    readImages(payload, (image, path) => {
      const poses = at(image, 'keypoints');
      return readColumns(image, path, ['boxes', 'labels', 'scores'], ({ boxes, labels: label, scores }, place, i) => ({
        path: place,
        corners: xyxy(four(boxes)),
        score: scores,
        ...byNumber(label, labels),
        keypoints: Array.isArray(poses) ? rowsOfPoints(poses[i]) : undefined,
      }));
    }),
};
