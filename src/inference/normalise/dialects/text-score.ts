import type { Candidate } from '../candidate.ts';
import type { DialectReading } from '../index.ts';
import { readRows } from './rows.ts';

/** `[[text, score], …]`: lines of text. The detection's label is the manifest's first, its box the frame. */
export function readTextScore(
  payload: unknown,
  labels: readonly string[],
  whole: Candidate['corners'],
): DialectReading {
  const [label] = labels;
  return readRows(payload, ['text', 'score'], ([text, score], path) => ({
    path,
    corners: whole,
    score,
    label: typeof text === 'string' ? label : undefined,
    labelRaw: text,
    ...(typeof text === 'string' && { text }),
  }));
}
