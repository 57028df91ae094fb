import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { frame: { width, height } }) => ({
  Labels: detections.map(({ x1, y1, x2, y2, label, score = 0 }) => ({
    Name: label,
    Instances: [
      {
        BoundingBox: { Left: x1 / width, Top: y1 / height, Width: (x2 - x1) / width, Height: (y2 - y1) / height },
        Confidence: score * 100,
      },
    ],
  })),
});
