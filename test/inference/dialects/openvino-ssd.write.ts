import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels, frame: { width, height } }) => [
  [
    [
      ...detections.map(({ x1, y1, x2, y2, label, score }) => [
        0,
        labels.indexOf(label),
        score,
        x1 / width,
        y1 / height,
        x2 / width,
        y2 / height,
      ]),
      [-1, 0, 0, 0, 0, 0, 0],
    ],
  ],
];
