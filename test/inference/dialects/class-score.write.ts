import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score'];

export const write: Writer['write'] = (detections, { labels }) =>
  detections.map(({ label, score }) => [labels.indexOf(label), score]);
