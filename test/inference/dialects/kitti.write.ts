import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  detections
    .map(({ x1, y1, x2, y2, label, score, track_id }) =>
      [0, track_id, label, 0, 0, 0, x1, y1, x2, y2, 1, 1, 1, 0, 0, 0, 0, score].join(' '),
    )
    .join('\n');
