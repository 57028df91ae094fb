import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) => ({
  instances: {
    pred_boxes: { tensor: detections.map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2]) },
    scores: detections.map(({ score }) => score),
    pred_classes: detections.map(({ label }) => labels.indexOf(label)),
  },
});
