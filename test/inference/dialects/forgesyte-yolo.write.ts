import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) => ({
  count: detections.length,
  detections: detections.map(({ x1, y1, x2, y2, label, score }) => ({
    xyxy: [x1, y1, x2, y2],
    confidence: score,
    class_id: labels.indexOf(label),
    class_name: label,
  })),
});
