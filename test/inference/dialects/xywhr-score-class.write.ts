import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) =>
  detections.map(({ x1, y1, x2, y2, label, score }) => [
    (x1 + x2) / 2,
    (y1 + y2) / 2,
    x2 - x1,
    y2 - y1,
    0,
    score,
    labels.indexOf(label),
  ]);
