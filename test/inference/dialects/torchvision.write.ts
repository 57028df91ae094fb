import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) => [
  {
    boxes: detections.map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2]),
    labels: detections.map(({ label }) => labels.indexOf(label)),
    scores: detections.map(({ score }) => score),
  },
];
