import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'text', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) => ({
  res: {
    rec_texts: detections.map(({ text }) => text),
    rec_scores: detections.map(({ score }) => score),
    rec_boxes: detections.map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2]),
  },
});
