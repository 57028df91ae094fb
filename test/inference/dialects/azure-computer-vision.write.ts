import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { frame }) => ({
  objects: detections.map(({ x1, y1, x2, y2, label, score }) => ({
    rectangle: { x: x1, y: y1, w: x2 - x1, h: y2 - y1 },
    object: label,
    confidence: score,
  })),
  metadata: frame,
});
