import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { frame }) => ({
  image: frame,
  predictions: detections.map(({ x1, y1, x2, y2, label, score, track_id }) => ({
    x: (x1 + x2) / 2,
    y: (y1 + y2) / 2,
    width: x2 - x1,
    height: y2 - y1,
    confidence: score,
    class: label,
    tracker_id: track_id,
  })),
});
