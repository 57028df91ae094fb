import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { frame: { width, height } }) => ({
  displayNames: detections.map(({ label }) => label),
  confidences: detections.map(({ score }) => score),
  bboxes: detections.map(({ x1, y1, x2, y2 }) => [x1 / width, x2 / width, y1 / height, y2 / height]),
});
