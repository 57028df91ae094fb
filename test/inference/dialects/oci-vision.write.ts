import { outlineOf, type Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { frame: { width, height } }) => ({
  imageObjects: detections.map((one) => ({
    name: one.label,
    confidence: one.score,
    boundingPolygon: { normalizedVertices: outlineOf(one).map(({ x, y }) => ({ x: x / width, y: y / height })) },
  })),
});
