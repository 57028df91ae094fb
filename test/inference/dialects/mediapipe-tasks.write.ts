import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections) => ({
  detections: detections.map(({ x1, y1, x2, y2, label, score }) => ({
    categories: [{ index: -1, score, categoryName: label, displayName: '' }],
    boundingBox: { originX: x1, originY: y1, width: x2 - x1, height: y2 - y1, angle: 0 },
    keypoints: [],
  })),
});
