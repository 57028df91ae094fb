import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  [
    'x_min,y_min,x_max,y_max,class_id,confidence,tracker_id,class_name',
    ...detections.map(({ x1, y1, x2, y2, label, score, track_id }) =>
      [x1, y1, x2, y2, 0, score, track_id, `"${label}"`].join(','),
    ),
  ].join('\n');
