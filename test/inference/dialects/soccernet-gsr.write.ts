import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'text', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) => ({
  predictions: detections.map(({ x1, y1, x2, y2, label, score, text, track_id }) => ({
    image_id: '2021000001',
    track_id,
    supercategory: 'object',
    confidence: score,
    attributes: { role: label, jersey: text, team: null },
    bbox_image: { x: x1, y: y1, w: x2 - x1, h: y2 - y1 },
  })),
});
