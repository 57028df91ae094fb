import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { frame: { width, height } }) => ({
  resolution: { width, height },
  objects: detections.map(({ x1, y1, x2, y2, label, score, track_id }) => ({
    x: Math.round(x1),
    y: Math.round(y1),
    w: Math.round(x2 - x1),
    h: Math.round(y2 - y1),
    id: track_id,
    detection: {
      bounding_box: { x_min: x1 / width, y_min: y1 / height, x_max: x2 / width, y_max: y2 / height },
      confidence: score,
      label,
    },
  })),
});
