import type { Dialect } from '../dialect.ts';
import { members } from '../read/evidence.ts';
import { at, readRows } from '../read/fields.ts';
import { byNumber } from '../read/labels.ts';

const form = ['class', 'score', 'x1', 'y1', 'x2', 'y2'];

export const paddleDetection: Dialect = {
  name: 'paddle-detection',
  of: 'PaddleDetection',
  form: '`{bbox[[class, score, x1, y1, x2, y2]], bbox_num}`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/core.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'number',
  also: [],
  note: 'Rows of a class below 0 fill the output up.',
  recognise: (payload) => members(payload, ['bbox:rows', 'bbox_num']),
  read: (payload, { labels }) => {
    let paddingCount = 0;
    const reading = readRows(at(payload, 'bbox'), '$.bbox', form, ([label, score, x1, y1, x2, y2], path) => {
      if (typeof label === 'number' && label < 0) {
        paddingCount++;
        return undefined;
      }
      return { path, corners: [x1, y1, x2, y2], score, ...byNumber(label, labels) };
    });
    return { ...reading, paddingCount };
  },
};
