import type { FrameMatch } from './match-frame.ts';

/** What two jobs have in common and what not, over all their boxes. */
export interface BoxComparison {
  readonly matched: number;
  readonly only_a: number;
  readonly only_b: number;
  /** matched ÷ (matched + only_a + only_b); 1 where there is no box at all. */
  readonly match_ratio: number;
  /** Of the matched boxes, by tenths: the last one holds those that are alike as well. */
  readonly ious: readonly { readonly from: number; readonly boxes: number }[];
  readonly iou_mean: number | null;
  readonly iou_min: number | null;
  /** Of the matched boxes with a score on both sides, |a − b|. */
  readonly score_diff_mean: number | null;
  readonly score_diff_max: number | null;
  /** Matched boxes that have a score in one job only. */
  readonly scores_missing: number;
  /** Matched boxes with another text. */
  readonly texts_differ: number;
  /** The frames that differ most, the worst first. */
  readonly frames: readonly FrameDifference[];
}

interface FrameDifference {
  readonly frame_index: number;
  readonly matched: number;
  readonly only_a: number;
  readonly only_b: number;
  readonly iou_min: number | null;
  readonly score_diff_max: number | null;
}

export interface BoxTally {
  add(match: FrameMatch): void;
  result(): BoxComparison;
}

const framesShownMax = 10;
const tenths = 10;

/** Adds frames up one by one: of a long job nothing but sums is kept. */
export function makeTally(): BoxTally {
  const sum = { matched: 0, only_a: 0, only_b: 0, scores_missing: 0, texts_differ: 0 };
  const ious = { ...makeFigures(), byTenth: Array<number>(tenths).fill(0) };
  const scoreDiffs = makeFigures();
  let worst: readonly FrameDifference[] = [];
  return {
    add(match) {
      sum.matched += match.pairs.length;
      sum.only_a += match.onlyACount;
      sum.only_b += match.onlyBCount;
      for (const { iou, scoreDiff, isScoreMissing, isTextOther } of match.pairs) {
        note(ious, iou);
        const tenth = Math.min(Math.floor(iou * tenths), tenths - 1);
        ious.byTenth[tenth] = (ious.byTenth[tenth] ?? 0) + 1;
        if (scoreDiff !== undefined) note(scoreDiffs, scoreDiff);
        if (isScoreMissing) sum.scores_missing++;
        if (isTextOther) sum.texts_differ++;
      }
      if (differs(match)) worst = [...worst, differenceOf(match)].sort(worstFirst).slice(0, framesShownMax);
    },
    result() {
      const boxCount = sum.matched + sum.only_a + sum.only_b;
      return {
        ...sum,
        match_ratio: boxCount === 0 ? 1 : sum.matched / boxCount,
        ious: ious.byTenth.map((boxes, tenth) => ({ from: tenth / tenths, boxes })),
        iou_mean: meanOf(ious),
        iou_min: ious.count === 0 ? null : ious.min,
        score_diff_mean: meanOf(scoreDiffs),
        score_diff_max: scoreDiffs.count === 0 ? null : scoreDiffs.max,
        frames: worst,
      };
    },
  };
}

interface Figures {
  count: number;
  sum: number;
  min: number;
  max: number;
}

const makeFigures = (): Figures => ({ count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY });

function note(figures: Figures, value: number): void {
  figures.count++;
  figures.sum += value;
  figures.min = Math.min(figures.min, value);
  figures.max = Math.max(figures.max, value);
}

const meanOf = ({ count, sum }: Figures): number | null => (count === 0 ? null : sum / count);

const differs = ({ pairs, onlyACount, onlyBCount }: FrameMatch): boolean =>
  onlyACount + onlyBCount > 0 ||
  pairs.some((pair) => pair.iou < 1 || (pair.scoreDiff ?? 0) > 0 || pair.isScoreMissing || pair.isTextOther);

function differenceOf({ frame, pairs, onlyACount, onlyBCount }: FrameMatch): FrameDifference {
  const scoreDiffs = pairs.flatMap(({ scoreDiff }) => scoreDiff ?? []);
  return {
    frame_index: frame,
    matched: pairs.length,
    only_a: onlyACount,
    only_b: onlyBCount,
    iou_min: pairs.length === 0 ? null : Math.min(...pairs.map((pair) => pair.iou)),
    score_diff_max: scoreDiffs.length === 0 ? null : Math.max(...scoreDiffs),
  };
}

const worstFirst = (a: FrameDifference, b: FrameDifference): number =>
  b.only_a + b.only_b - a.only_a - a.only_b ||
  (a.iou_min ?? 1) - (b.iou_min ?? 1) ||
  (b.score_diff_max ?? 0) - (a.score_diff_max ?? 0);
