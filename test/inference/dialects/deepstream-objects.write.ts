import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  detections.map(({ x1, y1, x2, y2, label, score, track_id }) => ({
    class_id: 0,
    object_id: track_id,
    confidence: score,
    obj_label: label,
    rect_params: { left: x1, top: y1, width: x2 - x1, height: y2 - y1 },
  }));
