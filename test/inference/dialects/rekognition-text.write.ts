import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'text', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { frame: { width, height } }) => ({
  TextDetections: detections.map(({ x1, y1, x2, y2, text, score = 0 }, i) => ({
    DetectedText: text,
    Type: 'WORD',
    Id: i,
    Confidence: score * 100,
    Geometry: {
      BoundingBox: { Left: x1 / width, Top: y1 / height, Width: (x2 - x1) / width, Height: (y2 - y1) / height },
    },
  })),
});
