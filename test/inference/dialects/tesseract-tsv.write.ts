import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'text', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  [
    [
      'level',
      'page_num',
      'block_num',
      'par_num',
      'line_num',
      'word_num',
      'left',
      'top',
      'width',
      'height',
      'conf',
      'text',
    ],
    ...detections.map(({ x1, y1, x2, y2, score = 0, text }, i) => [
      5,
      1,
      1,
      1,
      1,
      i,
      x1,
      y1,
      x2 - x1,
      y2 - y1,
      score * 100,
      text,
    ]),
  ]
    .map((row) => row.join('\t'))
    .join('\n');
