import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) => ({
  prediction: {
    bboxes_xyxy: detections.map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2]),
    confidence: detections.map(({ score }) => score),
    labels: detections.map(({ label }) => labels.indexOf(label)),
  },
});
