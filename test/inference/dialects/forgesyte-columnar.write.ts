import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { labels }) => ({
  xyxy: detections.map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2]),
  confidence: detections.map(({ score }) => score),
  class_id: detections.map(({ label }) => labels.indexOf(label)),
  tracker_id: detections.map(({ track_id }) => track_id),
});
