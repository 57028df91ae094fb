import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) => ({
  '<OD>': {
    bboxes: detections.map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2]),
    labels: detections.map(({ label }) => label),
  },
});
