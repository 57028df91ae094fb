import type { Dialect } from '../dialect.ts';
import { rowsOf } from '../read/evidence.ts';
import { readRows } from '../read/fields.ts';

export const sort: Dialect = {
  name: 'sort',
  of: 'the trackers SORT and OC-SORT',
  form: '`[[x1, y1, x2, y2, id], …]`',
  source: 'https://github.com/abewley/sort/blob/master/sort.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'never',
  label: 'none',
  also: ['track id'],
  note: 'The fifth number is the track’s id, from 1, and no score. Rows of a frame without tracks are none.',
  recognise: (payload) =>
    rowsOf(5, payload, (row) => row.every(Number.isFinite) && Number.isInteger(row[4]) && Number(row[4]) > 0).map(
      (rows) => `${rows}, the last a whole number`,
    ),
  read: (payload) =>
    readRows(payload, '$', ['x1', 'y1', 'x2', 'y2', 'id'], ([x1, y1, x2, y2, track], path) => ({
      path,
      corners: [x1, y1, x2, y2],
      label: undefined,
      labelRaw: undefined,
      track,
    })),
};
