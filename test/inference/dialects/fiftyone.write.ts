import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { frame: { width, height } }) => ({
  detections: detections.map(({ x1, y1, x2, y2, label, score, track_id }) => ({
    label,
    bounding_box: [x1 / width, y1 / height, (x2 - x1) / width, (y2 - y1) / height],
    confidence: score,
    index: track_id,
  })),
});
