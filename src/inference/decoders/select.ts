import { z } from 'zod';
import { type Box, iou } from '../box.ts';
import type { Issue } from '../normalise/index.ts';
import type { Decoded } from './define.ts';
import { jsonNumber } from './tensors.ts';

/** What a head found at one place, in px of the model's input. */
export interface FoundBox extends Box {
  readonly score: number;
  readonly classIndex: number;
}

/** The limits that every head of boxes has. */
export const limitOptions = {
  score_min: z.number().min(0).max(1).default(0.25).describe('boxes with a lower score are left out'),
  count_max: z.int().min(1).max(10_000).default(300).describe('so many boxes of a frame at most, the best first'),
};

/** The options of a head of one output that leaves suppression to us. */
export const suppressOptions = {
  ...limitOptions,
  suppress: z
    .enum(['per-label', 'all', 'none'])
    .default('per-label')
    .describe('of boxes at one place the best stays: among those of its label, among all, or each stays'),
  overlap_max: z
    .number()
    .min(0)
    .max(1)
    .default(0.45)
    .describe('intersection over union above which two boxes are at one place'),
};

export const output = (byDefault: string) =>
  z.string().min(1).default(byDefault).describe('name of the model’s output');

export interface Limits {
  readonly score_min: number;
  readonly count_max: number;
}

export interface Suppression extends Limits {
  readonly suppress: 'per-label' | 'all' | 'none';
  readonly overlap_max: number;
}

/** What a head without suppression of its own hands over: nothing more is suppressed. */
export const withoutSuppression = (limits: Limits): Suppression => ({ ...limits, suppress: 'none', overlap_max: 1 });

/** Of boxes that hold no numbers so many are shown; a broken model gives thousands a frame. */
const oddMax = 10;

/**
 * Weak and doubled boxes are left out, as are rows of zeros, with which some heads fill up their output.
 * @param overlap of two boxes, 0 to 1
 * @returns the boxes that stay as rows, the best first, then some of those that are not numbers: they are reported
 */
export function select<T extends FoundBox>(
  found: readonly T[],
  options: Suppression,
  rowOf: (one: T) => readonly number[],
  overlap: (a: T, b: T) => number = iou,
): Decoded {
  // Asked this way round, a score that is no number stays, and normalise() reports it.
  const strong = found.filter((one) => !(one.score < options.score_min) && !isPadding(one));
  const sound = strong.filter((one) => rowOf(one).every(Number.isFinite)).sort((a, b) => b.score - a.score);
  const odd = strong.filter((one) => !rowOf(one).every(Number.isFinite));
  const rows = [...suppress(sound, options, overlap), ...odd.slice(0, oddMax)];
  return { payload: rows.map((one) => rowOf(one).map(jsonNumber)), issues: issuesOf(odd.length) };
}

/** Greedy non-maximum suppression. Boxes come with the best first. */
function suppress<T extends FoundBox>(
  boxes: readonly T[],
  options: Suppression,
  overlap: (a: T, b: T) => number,
): readonly T[] {
  const kept: T[] = [];
  for (const box of boxes) {
    if (kept.length >= options.count_max) break;
    if (!isHidden(box, kept, options, overlap)) kept.push(box);
  }
  return kept;
}

function isHidden<T extends FoundBox>(
  box: T,
  kept: readonly T[],
  options: Suppression,
  overlap: (a: T, b: T) => number,
): boolean {
  if (options.suppress === 'none') return false;
  const all = options.suppress === 'all';
  return kept.some(
    (other) => (all || other.classIndex === box.classIndex) && overlap(other, box) > options.overlap_max,
  );
}

const isPadding = ({ score, x1, y1, x2, y2 }: FoundBox): boolean => score === 0 && x1 === x2 && y1 === y2;

function issuesOf(oddCount: number): readonly Issue[] {
  if (oddCount <= oddMax) return [];
  const message = `${oddCount} boxes hold values that are no numbers; ${oddMax} of them are shown`;
  return [{ code: 'not_finite', path: '$', message }];
}

/** `[x1, y1, x2, y2, score, class]`: a row of the dialect `xyxy-score-class`. */
export const boxRow = ({ x1, y1, x2, y2, score, classIndex }: FoundBox): readonly number[] => [
  ...[x1, y1, x2, y2],
  score,
  classIndex,
];

/** A box of a centre and a size. */
export const boxAround = (cx: number, cy: number, width: number, height: number): Box => ({
  x1: cx - width / 2,
  y1: cy - height / 2,
  x2: cx + width / 2,
  y2: cy + height / 2,
});

/** The class with the highest of `count` values from `start`, `step` apart; a value that is no number wins. */
export function bestOf(
  values: ArrayLike<number>,
  start: number,
  count: number,
  step = 1,
): { readonly index: number; readonly value: number } {
  let index = 0;
  let value = values[start] ?? Number.NaN;
  for (let i = 1; i < count && !Number.isNaN(value); i++) {
    const other = values[start + i * step] ?? Number.NaN;
    if (other <= value) continue;
    value = other;
    index = i;
  }
  return { index, value };
}
