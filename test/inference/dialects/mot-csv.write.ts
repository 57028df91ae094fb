import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  detections
    .map(({ x1, y1, x2, y2, score, track_id }) =>
      [1, track_id, x1 + 1, y1 + 1, x2 - x1, y2 - y1, score, -1, -1, -1].join(','),
    )
    .join('\n');
