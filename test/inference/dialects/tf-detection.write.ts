import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels, frame: { width, height } }) => ({
  detection_boxes: [
    [...detections.map(({ x1, y1, x2, y2 }) => [y1 / height, x1 / width, y2 / height, x2 / width]), [0, 0, 0, 0]],
  ],
  detection_scores: [[...detections.map(({ score }) => score), 0]],
  detection_classes: [[...detections.map(({ label }) => labels.indexOf(label) + 1), 1]],
  num_detections: [detections.length],
});
