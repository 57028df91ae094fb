import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels, frame: { width, height } }) => ({
  detections: detections.map(({ x1, y1, x2, y2, label, score }) => ({
    label_id: [labels.indexOf(label)],
    score: [score],
    location_data: {
      relative_bounding_box: {
        xmin: x1 / width,
        ymin: y1 / height,
        width: (x2 - x1) / width,
        height: (y2 - y1) / height,
      },
    },
  })),
});
