import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections) =>
  detections.map(({ x1, y1, x2, y2, label, score }) => ({ bbox: [x1, y1, x2 - x1, y2 - y1], class: label, score }));
