import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels, frame: { width, height } }) => [
  {
    frame_id: 1,
    objects: detections.map(({ x1, y1, x2, y2, label, score }) => ({
      class_id: labels.indexOf(label),
      name: label,
      relative_coordinates: {
        center_x: (x1 + x2) / 2 / width,
        center_y: (y1 + y2) / 2 / height,
        width: (x2 - x1) / width,
        height: (y2 - y1) / height,
      },
      confidence: score,
    })),
  },
];
