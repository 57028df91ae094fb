import type { Dialect } from '../dialect.ts';
import { members } from '../read/evidence.ts';
import { readColumns } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

export const forgesyteLegacy: Dialect = {
  name: 'forgesyte-legacy',
  of: 'forgesyte’s first plugins',
  form: '`{boxes[[x1, y1, x2, y2]], scores[], labels[]}`, the labels names',
  source: 'https://github.com/rogermt/forgesyte',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'name',
  also: [],
  recognise: (payload) => members(payload, ['boxes:rows', 'labels:list', 'scores:list', 'labels:names']),
  read: (payload) =>
    readColumns(payload, '$', ['boxes', 'labels', 'scores'], ({ boxes, labels, scores }, path) => ({
      path,
      corners: xyxy(four(boxes)),
      score: scores,
      ...byName(labels),
    })),
};
