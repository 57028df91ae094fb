import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) => ({
  version: '4.0',
  id: '0',
  objects: detections.map(({ x1, y1, x2, y2, label, score, track_id }) =>
    [track_id, x1, y1, x2, y2, label, '#', 'blue', score].join('|'),
  ),
});
