import type { DialectReading } from '../index.ts';
import { labelOf, readRows } from './rows.ts';

const form = ['x1', 'y1', 'x2', 'y2', 'score', 'class'];

/** `[[x1, y1, x2, y2, score, class], …]`: the head of most exported detectors with suppression inside. */
export function readXyxyScoreClass(payload: unknown, labels: readonly string[]): DialectReading {
  return readRows(payload, form, ([x1, y1, x2, y2, score, labelRaw], path) => ({
    path,
    corners: [x1, y1, x2, y2],
    score,
    label: labelOf(labelRaw, labels),
    labelRaw,
  }));
}
