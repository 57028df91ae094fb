import { outlineOf, type Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { frame: { width, height } }) => ({
  localizedObjectAnnotations: detections.map((one) => ({
    name: one.label,
    score: one.score,
    boundingPoly: { normalizedVertices: outlineOf(one).map(({ x, y }) => ({ x: x / width, y: y / height })) },
  })),
});
