import type { Dialect } from '../dialect.ts';
import { members } from '../read/evidence.ts';
import { at, joined, nth, readColumns, unreadable } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { byNameOrNumber } from '../read/labels.ts';

export const deepsparse: Dialect = {
  name: 'deepsparse',
  of: 'DeepSparse YOLO pipelines',
  form: '`{boxes[[[x1, y1, x2, y2]]], scores[[]], labels[[]]}`: a list an image in each',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/core.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'name or number',
  also: ['frame'],
  recognise: (payload) => {
    const found = members(payload, ['boxes:list', 'scores:list', 'labels:list']);
    const isNested = Array.isArray(nth(at(payload, 'labels'), 0)) && Array.isArray(nth(at(payload, 'boxes'), 0));
    return isNested ? [...found, 'a list an image'] : [];
  },
  read: (payload, { labels }) => {
    const boxes = at(payload, 'boxes');
    if (!Array.isArray(boxes)) return unreadable('$.boxes', 'a list has to be here');
    return joined(boxes.map((_, image) => readImage(payload, image, labels)));
  },
};

function readImage(payload: unknown, image: number, labels: readonly string[]) {
  const columns = ['boxes', 'scores', 'labels'] as const;
  const table = Object.fromEntries(columns.map((name) => [name, nth(at(payload, name), image)]));
  const isBatch = nth(at(payload, 'boxes'), 1) !== undefined;
  return readColumns(table, `$[${image}]`, columns, (row, path) => ({
    path,
    corners: xyxy(four(row.boxes)),
    score: row.scores,
    ...byNameOrNumber(row.labels, labels),
    ...(isBatch && { frame: image }),
  }));
}
