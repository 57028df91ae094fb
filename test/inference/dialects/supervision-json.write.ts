import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { labels }) =>
  detections.map(({ x1, y1, x2, y2, label, score, track_id }) => ({
    x_min: x1,
    y_min: y1,
    x_max: x2,
    y_max: y2,
    class_id: labels.indexOf(label),
    confidence: score,
    tracker_id: track_id,
  }));
