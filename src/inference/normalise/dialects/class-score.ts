import type { Candidate } from '../candidate.ts';
import type { DialectReading } from '../index.ts';
import { labelOf, readRows } from './rows.ts';

/** `[[class, score], …]`: what the whole frame shows. The detection's box is the frame. */
export function readClassScore(
  payload: unknown,
  labels: readonly string[],
  whole: Candidate['corners'],
): DialectReading {
  return readRows(payload, ['class', 'score'], ([labelRaw, score], path) => ({
    path,
    corners: whole,
    score,
    label: labelOf(labelRaw, labels),
    labelRaw,
  }));
}
