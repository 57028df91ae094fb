import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { labels }) =>
  detections.map(({ label, score, track_id, ...box }) => ({
    name: label,
    class: labels.indexOf(label),
    confidence: score,
    box: { x1: box.x1, y1: box.y1, x2: box.x2, y2: box.y2 },
    track_id,
  }));
