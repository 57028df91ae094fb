import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { frame: { width, height } }) =>
  JSON.stringify(
    detections.map(({ x1, y1, x2, y2, label }) => ({
      bbox_2d: [(x1 / width) * 1000, (y1 / height) * 1000, (x2 / width) * 1000, (y2 / height) * 1000],
      label,
    })),
  );
