import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  detections.map(({ x1, y1, x2, y2, label, score, track_id }) => ({
    object: {
      id: String(track_id),
      [label]: { confidence: score },
      bbox: { topleftx: x1, toplefty: y1, bottomrightx: x2, bottomrighty: y2 },
    },
  }));
