import type { Candidate, CandidateKeypoint } from '../candidate.ts';
import { at } from './fields.ts';
import { around, members, points, xywh } from './geometry.ts';

type Outlined = Pick<Candidate, 'corners' | 'keypoints' | 'unit'>;

/** A place that is given by its outline: the upright box around it, and the points themselves. */
export const outlined = (outline: readonly CandidateKeypoint[] | undefined): Outlined => ({
  corners: around(outline),
  keypoints: outline,
});

/**
 * A `BoundingPoly` of Google, as Oracle has it too: px in `vertices`, ratios in `normalizedVertices`; one of them may be
 * empty. A coordinate that is 0 is left out of the JSON. Source:
 * https://github.com/googleapis/googleapis/blob/master/google/cloud/vision/v1/geometry.proto
 */
export function boundingPoly(poly: unknown): Outlined {
  const px = points(at(poly, 'vertices'), ['x', 'y'], 0) ?? [];
  if (px.length > 0) return { ...outlined(px), unit: 'frame px' };
  return { ...outlined(points(at(poly, 'normalizedVertices'), ['x', 'y'], 0)), unit: 1 };
}

/** A `Geometry` of Amazon: ratios, the box by itself, and its finer outline where there is one. */
export function amazonGeometry(geometry: unknown): Outlined {
  return { corners: amazonBox(at(geometry, 'BoundingBox')), keypoints: points(at(geometry, 'Polygon'), ['X', 'Y']) };
}

/** Ratios, which may lie outside 0 to 1. Source: https://docs.aws.amazon.com/rekognition/latest/APIReference/API_BoundingBox.html */
export const amazonBox = (box: unknown) => xywh(members(box, ['Left', 'Top', 'Width', 'Height']));
