import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  detections.map(({ x1, y1, x2, y2, label, score, track_id }) => ({
    points: [
      [x1, y1],
      [x2, y2],
    ],
    scores: [score, score],
    label,
    id: track_id,
  }));
