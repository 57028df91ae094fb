import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) =>
  detections.map(({ x1, y1, x2, y2, label, score }) => ({
    image_id: 1,
    category_id: labels.indexOf(label),
    category_name: label,
    bbox: [x1, y1, x2 - x1, y2 - y1],
    score,
    iscrowd: 0,
  }));
