import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { labels }) => ({
  detections: {
    tracked_objects: detections.map(({ x1, y1, x2, y2, label, track_id }) => ({
      track_id,
      class_id: labels.indexOf(label),
      class: label,
      xyxy: [x1, y1, x2, y2],
      center: [(x1 + x2) / 2, (y1 + y2) / 2],
    })),
  },
});
