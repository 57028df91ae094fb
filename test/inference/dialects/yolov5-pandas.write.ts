import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) =>
  detections.map(({ x1, y1, x2, y2, label, score }) => ({
    xmin: x1,
    ymin: y1,
    xmax: x2,
    ymax: y2,
    confidence: score,
    class: labels.indexOf(label),
    name: label,
  }));
