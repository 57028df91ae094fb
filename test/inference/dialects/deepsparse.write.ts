import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections) => ({
  boxes: [detections.map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2])],
  scores: [detections.map(({ score }) => score)],
  labels: [detections.map(({ label }) => label)],
});
