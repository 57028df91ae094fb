import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { frame: { width, height } }) => ({
  predictions: detections.map(({ x1, y1, x2, y2, label, score }) => ({
    probability: score,
    tagName: label,
    boundingBox: { left: x1 / width, top: y1 / height, width: (x2 - x1) / width, height: (y2 - y1) / height },
  })),
});
