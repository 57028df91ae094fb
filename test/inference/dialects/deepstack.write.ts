import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections) => ({
  success: true,
  predictions: detections.map(({ x1, y1, x2, y2, label, score }) => ({
    label,
    confidence: score,
    x_min: x1,
    y_min: y1,
    x_max: x2,
    y_max: y2,
  })),
});
