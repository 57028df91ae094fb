import type { CandidateKeypoint } from '../candidate.ts';
import { at, nth } from './fields.ts';

/** `[x, y, v, x, y, v, …]` of COCO: v 0 is a point that was not found, and is left out. */
export function triples(value: unknown): CandidateKeypoint[] | undefined {
  if (!Array.isArray(value) || value.length % 3 !== 0) return undefined;
  const list: readonly unknown[] = value;
  const points: CandidateKeypoint[] = [];
  for (let i = 0; i < list.length; i += 3) if (list[i + 2] !== 0) points.push({ x: list[i], y: list[i + 1] });
  return points;
}

/** `{x[], y[]}` with scores under some name. */
export function columnsOf(value: unknown, scores: string): CandidateKeypoint[] | undefined {
  const [xs, ys, of] = [at(value, 'x'), at(value, 'y'), at(value, scores)];
  if (!Array.isArray(xs) || !Array.isArray(ys)) return undefined;
  return xs.map((x: unknown, i) => ({ x, y: ys[i], score: Array.isArray(of) ? of[i] : undefined }));
}

/** `[[x, y, score], …]`; of a row without a third number the score is unknown. */
export function rowsOfPoints(value: unknown): CandidateKeypoint[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((row: unknown) => ({ x: nth(row, 0), y: nth(row, 1), score: nth(row, 2) }));
}

interface PointNames {
  readonly x?: string;
  readonly y?: string;
  readonly score?: string;
  readonly label?: string;
  /** Where the label stands in other versions. */
  readonly otherLabel?: string;
}

/** `[{x, y, …}]` with scores and labels under some names; undefined where there is no point. */
export function keypointItems(value: unknown, names: PointNames = {}): CandidateKeypoint[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const { x = 'x', y = 'y', score = 'score', label = 'label', otherLabel = label } = names;
  return value.map((point: unknown) => ({
    x: at(point, x),
    y: at(point, y),
    score: at(point, score),
    label: at(point, label) ?? at(point, otherLabel),
  }));
}
