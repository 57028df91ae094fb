import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { frame: { width, height } }) => ({
  FaceDetails: detections.map(({ x1, y1, x2, y2, score = 0 }) => ({
    BoundingBox: { Left: x1 / width, Top: y1 / height, Width: (x2 - x1) / width, Height: (y2 - y1) / height },
    Confidence: score * 100,
  })),
});
