import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'x1', 'y1', 'x2', 'y2', 'text'];

export const write: Writer['write'] = (detections, { labels }) =>
  detections.map(({ x1, y1, x2, y2, label, score, text }) => [x1, y1, x2, y2, score, labels.indexOf(label), text]);
