import type { Size } from '../letterbox.ts';
import type { Point } from '../oriented-box.ts';
import { agreeing, findAgreed } from './agree.ts';
import type { Homography } from './homography.ts';
import { doubtsOfFit, doubtsOfPoints, doubtsOfView, median, visiblePlaces } from './judge.ts';
import { type PitchSize, pitchLandmarks } from './layout.ts';
import { equationsAt, errorM, errorPx, type Pair, refine, solveHomography } from './solve.ts';

/** A landmark that was seen in a frame, px. */
export interface KeyPoint extends Point {
  readonly name: string;
  readonly score: number;
}

interface PitchFacts {
  readonly pitch: PitchSize;
  readonly keyPoints: readonly KeyPoint[];
  readonly inlierCount: number;
}

/** How the pitch lies in a frame, or why that is not known. */
export type PitchFit =
  | (PitchFacts & {
      readonly accepted: true;
      readonly homography: Homography;
      /** Median distance of the inliers from where they should be. */
      readonly residualM: number;
      readonly residualPx: number;
    })
  | (PitchFacts & { readonly accepted: false; readonly reason: string });

/** Points agree within this part of the frame's width. */
export const toleranceWidths = 0.005;
/** Fewer points fit by luck better than anybody can see: a point is not believed to be more exact. */
const noiseMinPx = 1;

/**
 * The homography of the key points of one frame: matched to the landmarks by their names, found against wrong points,
 * refined on those that agree, and refused where it is not good enough to be drawn from.
 */
export function fitPitch(keyPoints: readonly KeyPoint[], frame: Size, pitch: PitchSize): PitchFit {
  const pairs = pairsOf(keyPoints, pitch);
  const { homography, inliers } = findHomography(pairs, toleranceWidths * frame.width);
  const facts = { pitch, keyPoints, inlierCount: inliers.length };
  const refuse = (reason: string): PitchFit => ({ ...facts, accepted: false, reason });
  const doubts = doubtsOfPoints(inliers, pairs.length);
  if (homography === undefined || doubts !== undefined) return refuse(doubts ?? 'the points give no plane');
  const residualM = median(inliers.map((pair) => errorM(homography, pair)));
  const residualPx = median(inliers.map((pair) => errorPx(homography, pair)));
  const noisePx = Math.max(noiseMinPx, residualPx);
  const reason =
    doubtsOfView(homography, inliers, frame) ??
    doubtsOfFit(
      { homography, equations: equationsAt(homography, inliers), noisePx },
      visiblePlaces(homography, frame, pitch),
      residualM,
    );
  return reason === undefined ? { ...facts, accepted: true, homography, residualM, residualPx } : refuse(reason);
}

/** The homography of all that agree, and those that agree with that one. */
function findHomography(pairs: readonly Pair[], tolerancePx: number) {
  const agreed = findAgreed(pairs, tolerancePx);
  const first = agreed === undefined ? [] : agreeing(agreed, pairs, tolerancePx);
  const solved = solveHomography(first);
  if (solved === undefined) return { homography: undefined, inliers: first };
  const better = refine(solved, first);
  const inliers = agreeing(better, pairs, tolerancePx);
  return { homography: refine(better, inliers), inliers };
}

/** A name that no landmark has is no point; of two points of one name the better is meant. */
function pairsOf(keyPoints: readonly KeyPoint[], pitch: PitchSize): readonly Pair[] {
  const byScore = keyPoints.toSorted((a, b) => a.score - b.score);
  const seen = new Map(byScore.filter(({ x, y }) => Number.isFinite(x + y)).map((point) => [point.name, point]));
  return pitchLandmarks(pitch).flatMap((ground) => {
    const point = seen.get(ground.name);
    return point === undefined ? [] : [{ ground, seen: point }];
  });
}
