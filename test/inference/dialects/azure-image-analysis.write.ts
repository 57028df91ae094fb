import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { frame }) => ({
  metadata: frame,
  objectsResult: {
    values: detections.map(({ x1, y1, x2, y2, label, score }) => ({
      boundingBox: { x: x1, y: y1, w: x2 - x1, h: y2 - y1 },
      tags: [{ name: label, confidence: score }],
    })),
  },
});
