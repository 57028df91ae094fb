import type { Dialect } from '../dialect.ts';
import { members } from '../read/evidence.ts';
import { at, nth, readColumns } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { rowsOfPoints } from '../read/keypoints.ts';
import { byNumber } from '../read/labels.ts';

export const detectron2: Dialect = {
  name: 'detectron2',
  of: 'Detectron2 `Instances`, its fields as lists; its JSON is `coco-results`',
  form: '`{pred_boxes[[x1, y1, x2, y2]] or {tensor}, scores[], pred_classes[], pred_keypoints?[[[x, y, score]]]}`, also as `instances`',
  source: 'https://github.com/facebookresearch/detectron2/blob/main/detectron2/evaluation/coco_evaluation.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'number',
  also: ['key points'],
  recognise: (payload) =>
    members(instancesOf(payload), ['pred_boxes', 'pred_classes:list'], ['scores', 'pred_keypoints']),
  read: (payload, { labels }) => {
    const { pred_boxes: boxes, ...columns } = columnsOf(instancesOf(payload));
    const table = { ...columns, boxes: at(boxes, 'tensor') ?? boxes };
    return readColumns(table, '$', ['boxes', 'scores', 'pred_classes'], (row, path, i) => ({
      path,
      corners: xyxy(four(row.boxes)),
      score: row.scores,
      ...byNumber(row.pred_classes, labels),
      keypoints: rowsOfPoints(nth(columns.pred_keypoints, i)),
    }));
  },
};

const instancesOf = (payload: unknown): unknown => at(payload, 'instances') ?? payload;

const columnsOf = (instances: unknown) => ({
  pred_boxes: at(instances, 'pred_boxes'),
  scores: at(instances, 'scores'),
  pred_classes: at(instances, 'pred_classes'),
  pred_keypoints: at(instances, 'pred_keypoints'),
});
