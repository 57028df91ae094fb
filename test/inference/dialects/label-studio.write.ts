import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { frame: { width, height } }) =>
  detections.map(({ x1, y1, x2, y2, label, score }) => ({
    original_width: width,
    original_height: height,
    score,
    value: {
      x: (x1 / width) * 100,
      y: (y1 / height) * 100,
      width: ((x2 - x1) / width) * 100,
      height: ((y2 - y1) / height) * 100,
      rotation: 0,
      rectanglelabels: [label],
    },
  }));
