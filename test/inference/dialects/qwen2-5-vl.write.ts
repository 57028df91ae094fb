import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  JSON.stringify(detections.map(({ x1, y1, x2, y2, label }) => ({ bbox_2d: [x1, y1, x2, y2], label })));
