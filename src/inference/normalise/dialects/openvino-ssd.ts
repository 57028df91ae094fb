import type { Dialect } from '../dialect.ts';
import { rowsOf } from '../read/evidence.ts';
import { nth, readRows } from '../read/fields.ts';
import { byNumber } from '../read/labels.ts';

const form = ['image', 'label', 'conf', 'x_min', 'y_min', 'x_max', 'y_max'];

export const openvinoSsd: Dialect = {
  name: 'openvino-ssd',
  of: 'OpenVINO and Caffe `DetectionOutput`',
  form: '`[[[[image_id, label, conf, x_min, y_min, x_max, y_max], …]]]`: a tensor [1, 1, N, 7]',
  source:
    'https://docs.openvino.ai/2024/documentation/openvino-ir-format/operation-sets/operation-specs/detection/detectionoutput-1.html',
  checked: 'unverified: that a row of image −1 ends the list',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 1,
  score: 'always',
  label: 'number',
  also: [],
  note: 'Rows from the one of image −1 on, and rows of zeros, fill the output up. With the background counted, the first label has to be its name.',
  recognise: (payload) =>
    rowsOf(7, rowsIn(payload), (row) => row.every((value) => typeof value === 'number')).map(
      (rows) => `[1, 1, N, 7]: ${rows}`,
    ),
  read: (payload, { labels }) => {
    let paddingCount = 0;
    let isOver = false;
    const reading = readRows(rowsIn(payload), '$[0][0]', form, ([image, label, score, x1, y1, x2, y2], path) => {
      isOver ||= image === -1;
      if (isOver || (score === 0 && x1 === x2 && y1 === y2)) {
        paddingCount++;
        return undefined;
      }
      return { path, corners: [x1, y1, x2, y2], score, ...byNumber(label, labels) };
    });
    return { ...reading, paddingCount };
  },
};

const rowsIn = (payload: unknown): unknown => nth(nth(payload, 0), 0);
