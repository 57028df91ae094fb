import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  detections.map(({ x1, y1, x2, y2, track_id }) => [x1, y1, x2, y2, track_id]);
