import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { labels, frame }) => ({
  images: [{ id: 1, ...frame }],
  annotations: detections.map(({ x1, y1, x2, y2, label }, id) => ({
    id,
    image_id: 1,
    category_id: labels.indexOf(label) + 10,
    bbox: [x1, y1, x2 - x1, y2 - y1],
    iscrowd: 0,
  })),
  categories: labels.map((name, id) => ({ id: id + 10, name })),
});
