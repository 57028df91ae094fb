import type { Candidate, Detection, Sentinel } from './candidate.ts';

/** Where in the payload a detection stands, and what was written there where the detection says it otherwise. */
export interface RawValues {
  /** JSON path, or `line 3` of a text. */
  readonly at: string;
  /** By the detection's fields: corners in the dialect's unit, key points as [x, y]. */
  readonly [field: string]: unknown;
}

export function rawValuesOf(candidate: Candidate, detection: Detection): RawValues {
  const { corners, score, labelRaw, track, path } = candidate;
  const raw: Record<string, unknown> = {};
  if (Array.isArray(corners)) {
    const box = [detection.x1, detection.y1, detection.x2, detection.y2];
    for (const [i, name] of ['x1', 'y1', 'x2', 'y2'].entries()) {
      if (corners[i] !== box[i]) raw[name] = corners[i] as unknown;
    }
  }
  if (isSaid(score) && score !== detection.score) raw.score = written(score);
  if (isSaid(labelRaw) && labelRaw !== detection.label) raw.label = labelRaw;
  if (isSaid(track) && track !== detection.track_id) raw.track_id = written(track);
  const points = candidate.keypoints?.map(({ x, y }) => [x, y]);
  const kept = detection.keypoints ?? [];
  const isMoved = points?.some(([x, y], i) => kept[i]?.x !== x || kept[i]?.y !== y) ?? false;
  if (isMoved) raw.keypoints = points;
  return { at: path, ...raw };
}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;

/** A value that stands for none, as it was written. */
const written = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'sentinel' in value ? (value as Sentinel).sentinel : value;
