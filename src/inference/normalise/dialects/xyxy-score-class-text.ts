import type { DialectReading } from '../index.ts';
import { labelOf, readRows } from './rows.ts';

const form = ['x1', 'y1', 'x2', 'y2', 'score', 'class', 'text'];

/** `[[x1, y1, x2, y2, score, class, text], …]`: texts at their places. What is no text is left out of the detection. */
export function readXyxyScoreClassText(payload: unknown, labels: readonly string[]): DialectReading {
  return readRows(payload, form, ([x1, y1, x2, y2, score, labelRaw, text], path) => ({
    path,
    corners: [x1, y1, x2, y2],
    score,
    label: labelOf(labelRaw, labels),
    labelRaw,
    ...(typeof text === 'string' && { text }),
  }));
}
