import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  detections.map(({ x1, y1, x2, y2, score, track_id }) => ({ tlwh: [x1, y1, x2 - x1, y2 - y1], track_id, score }));
