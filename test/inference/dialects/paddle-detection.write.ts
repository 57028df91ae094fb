import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) => ({
  bbox: detections.map(({ x1, y1, x2, y2, label, score }) => [labels.indexOf(label), score, x1, y1, x2, y2]),
  bbox_num: [detections.length],
});
