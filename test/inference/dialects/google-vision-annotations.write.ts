import { outlineOf, type Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections) => ({
  logoAnnotations: detections.map((one) => ({
    description: one.label,
    score: one.score,
    boundingPoly: { vertices: outlineOf(one) },
  })),
});
