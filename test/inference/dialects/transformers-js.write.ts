import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { frame: { width, height } }) =>
  detections.map(({ x1, y1, x2, y2, label, score }) => ({
    score,
    label,
    box: { xmin: x1 / width, ymin: y1 / height, xmax: x2 / width, ymax: y2 / height },
  }));
