import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { labels, frame: { width, height } }) =>
  detections
    .map(({ x1, y1, x2, y2, label, score, track_id }) => [
      labels.indexOf(label),
      ...[(x1 + x2) / 2 / width, (y1 + y2) / 2 / height, (x2 - x1) / width, (y2 - y1) / height],
      ...[score, track_id],
    ])
    .map((row) => row.join(' '))
    .join('\n');
