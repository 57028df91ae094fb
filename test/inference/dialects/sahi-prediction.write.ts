import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) =>
  detections.map(({ x1, y1, x2, y2, label, score }) => ({
    bbox: { minx: x1, miny: y1, maxx: x2, maxy: y2 },
    score: { value: score },
    category: { id: labels.indexOf(label), name: label },
  }));
