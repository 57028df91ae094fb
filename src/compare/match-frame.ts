import { type Box, iou, matchPairs } from '../inference/index.ts';

export interface JobBox extends Box {
  readonly label: string;
  readonly score: number | null;
  readonly text: string | null;
}

export interface FrameBoxes {
  readonly frame: number;
  readonly a: readonly JobBox[];
  readonly b: readonly JobBox[];
}

interface BoxPair {
  readonly iou: number;
  /** |a − b|; undefined where one of them, or both, have no score. */
  readonly scoreDiff: number | undefined;
  readonly isScoreMissing: boolean;
  readonly isTextOther: boolean;
}

export interface FrameMatch {
  readonly frame: number;
  readonly pairs: readonly BoxPair[];
  readonly onlyACount: number;
  readonly onlyBCount: number;
}

/** Rounding of the last digit makes no pair of IoU `iouMin` miss it. */
const tolerance = 1e-9;

/** The boxes of one frame in two jobs, given to each other within their label so that the IoU is greatest in all. */
export function matchFrame({ frame, a, b }: FrameBoxes, iouMin: number): FrameMatch {
  const likeness = (row: number, column: number): number => {
    const [one, other] = [a[row], b[column]];
    return one && other && one.label === other.label ? likenessOf(one, other) : Number.NaN;
  };
  const cost = (row: number, column: number): number => 1 - likeness(row, column);
  const columnOf = matchPairs({ rowCount: a.length, columnCount: b.length, cost, costMax: 1 - iouMin + tolerance });
  const pairs = a.flatMap((one, row) => {
    const column = columnOf[row];
    const other = b[column ?? -1];
    return column === undefined || other === undefined ? [] : [pairOf(one, other, likeness(row, column))];
  });
  return { frame, pairs, onlyACount: a.length - pairs.length, onlyBCount: b.length - pairs.length };
}

/** Also a box that is none, such as an inverted one, is like itself. */
function likenessOf(a: Box, b: Box): number {
  const isSame = a.x1 === b.x1 && a.y1 === b.y1 && a.x2 === b.x2 && a.y2 === b.y2;
  return isSame ? 1 : iou(a, b);
}

function pairOf(a: JobBox, b: JobBox, iou: number): BoxPair {
  return {
    iou,
    scoreDiff: a.score === null || b.score === null ? undefined : Math.abs(a.score - b.score),
    isScoreMissing: (a.score === null) !== (b.score === null),
    isTextOther: a.text !== b.text,
  };
}
