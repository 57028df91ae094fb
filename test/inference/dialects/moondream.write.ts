import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { frame: { width, height } }) => ({
  objects: detections.map(({ x1, y1, x2, y2 }) => ({
    x_min: x1 / width,
    y_min: y1 / height,
    x_max: x2 / width,
    y_max: y2 / height,
  })),
});
