import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) =>
  detections.map(({ x1, y1, x2, y2, label, score }) => [x1, y1, x2, y2, score, labels.indexOf(label)]);
