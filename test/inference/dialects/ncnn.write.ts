import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) =>
  detections.map(({ x1, y1, x2, y2, label, score }) => ({
    rect: { x: x1, y: y1, w: x2 - x1, h: y2 - y1 },
    prob: score,
    label: labels.indexOf(label),
  }));
