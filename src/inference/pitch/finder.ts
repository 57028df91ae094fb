import type { Letterbox, Size } from '../letterbox.ts';
import { explainedShare } from './explained.ts';
import { type KeyPoint, type PitchFit, toleranceWidths } from './fit.ts';
import { equationsOf, followLines, type Match, type Matches, reachesOf, type SeenLines } from './follow.ts';
import { guessPitch } from './guess.ts';
import { after, type Homography, matrix, project } from './homography.ts';
import { doubtM, doubtMaxM, doubtsOfView, inWords, median, visiblePlaces } from './judge.ts';
import { keyPointsOf } from './key-points.ts';
import { type PitchSize, pitchLandmarks } from './layout.ts';
import { cellsToFrame, frameIn, type LineMap } from './line-map.ts';
import { ridgeOf } from './ridge.ts';
import { middleOf, samplesOf } from './samples.ts';
import { errorM, errorPx, type Pair } from './solve.ts';

/** One frame as a model saw it. */
interface LineFrame {
  readonly map: LineMap;
  /** Size of the model’s input, which the map covers. */
  readonly input: Size;
  readonly letterbox: Letterbox;
}

/** How the pitch lies in each frame of one job, in their order. */
export type PitchFinder = (map: LineMap, letterbox: Letterbox) => PitchFit;

/** What a pitch has to be, to be drawn from: so much of the lines that should be seen is there, */
const seenShareMin = 0.75;
/** and so much of what looks like a line is one. */
const explainedShareMin = 0.75;
/** Fewer samples are the lines of something else. */
const matchesMin = 40;
/** Fewer cells on thin lines are no pitch. */
const pointsMin = 200;
/** Where lines meet, or bend; the lines say more, but they are not told from others without. */
const landmarksMin = 4;
/** A frame without a pitch is searched in vain, and so may be the next ones: so many are left out at most. */
const pauseMax = 8;

interface Found {
  /** Metres from the middle of the pitch to cells. */
  readonly homography: Homography;
  readonly matches: Matches;
}

/**
 * Follows the pitch from frame to frame by its lines; where it is not known it is searched for. What is given is never a
 * guess: it holds against the lines of its own frame.
 * @param input size of the model’s input
 */
export function makePitchFinder(size: PitchSize, input: Size): PitchFinder {
  const samples = samplesOf(size);
  const search = makeSearch(size);
  let last: Homography | undefined;
  return (map, letterbox) => {
    const frame = { map, input, letterbox };
    const seen = seenIn(frame);
    const followed = last && followLines(seen, samples, last, reachesOf.frameBefore);
    const isSame = followed !== undefined && doubtsOfShare(followed.matches) === undefined;
    const found = isSame ? followed : search(seen);
    const fit = typeof found === 'string' ? refused(found, size) : judged(found, frame, size);
    last = fit.accepted && typeof found !== 'string' ? found.homography : undefined;
    return fit;
  };
}

const refused = (reason: string, pitch: PitchSize): PitchFit => ({
  ...{ accepted: false, pitch, keyPoints: [], inlierCount: 0, reason },
});

const seenIn = ({ map, input, letterbox }: LineFrame): SeenLines => ({ map, within: frameIn(map, input, letterbox) });

/** Searches, or says why nothing was found. After some searches in vain it says so again without having looked. */
function makeSearch(size: PitchSize): (seen: SeenLines) => Found | string {
  const samples = samplesOf(size);
  let pause = 0;
  let left = 0;
  let reason = '';
  return (seen) => {
    if (left-- > 0) return reason;
    const found = searchOnce(seen, samples, size);
    pause = typeof found === 'string' ? Math.min(pauseMax, 2 * pause + 1) : 0;
    left = pause;
    if (typeof found === 'string') reason = found;
    return found;
  };
}

function searchOnce(seen: SeenLines, samples: ReturnType<typeof samplesOf>, size: PitchSize): Found | string {
  const points = ridgeOf(seen.map);
  if (points.length < pointsMin) return 'no lines of a pitch are seen';
  const guesses = guessPitch(points, size);
  const found = guesses.flatMap((guess) => followLines(seen, samples, guess, reachesOf.guess) ?? []);
  const sound = found.filter(({ matches }) => doubtsOfShare(matches) === undefined);
  const explained = sound.map(({ homography }) => explainedShare(points, fromCorner(homography, size), size));
  const best = explained.indexOf(Math.max(...explained));
  const one = sound[best];
  if (one !== undefined && (explained[best] ?? 0) >= explainedShareMin) return one;
  return 'the lines that are seen are not told: a centre circle, the halfway line and a touchline are needed';
}

/** From metres from the middle to metres from the corner, where the left goal line meets the near touchline. */
function fromCorner(homography: Homography, size: PitchSize): Homography {
  const { x, y } = middleOf(size);
  return after(homography, matrix([1, 0, -x, 0, 1, -y, 0, 0, 1]));
}

function doubtsOfShare({ found, expectedCount }: Matches): string | undefined {
  const share = found.length / expectedCount;
  if (found.length >= matchesMin && share >= seenShareMin) return undefined;
  return `${found.length} of ${expectedCount} places on lines are where they should be seen`;
}

/** The homography in px of the frame, if it is exact enough. */
function judged({ homography: inCells, matches }: Found, frame: LineFrame, pitch: PitchSize): PitchFit {
  const toFrame = cellsToFrame(frame.map, frame.input, frame.letterbox);
  const homography = after(toFrame, fromCorner(inCells, pitch));
  const keyPoints = keyPointsOf(matches.found, inCells, pitch).map((point) => inFrame(toFrame, point));
  const tolerancePx = toleranceWidths * frame.letterbox.frame.width;
  const pairs = pairsOf(keyPoints, pitch).filter((pair) => errorPx(homography, pair) <= tolerancePx);
  const facts = { pitch, keyPoints, inlierCount: pairs.length };
  const reason =
    doubtsOfCount(pairs.length) ??
    doubtsOfView(homography, pairs, frame.letterbox.frame) ??
    doubtsOfLines(inCells, matches.found, frame, pitch);
  if (reason !== undefined) return { ...facts, accepted: false, reason };
  const residualM = median(pairs.map((pair) => errorM(homography, pair)));
  const residualPx = median(pairs.map((pair) => errorPx(homography, pair)));
  return { ...facts, accepted: true, homography, residualM, residualPx };
}

const doubtsOfCount = (count: number): string | undefined =>
  count >= landmarksMin ? undefined : `${count} landmarks are seen, ${landmarksMin} are needed`;

const inFrame = (toFrame: Homography, point: KeyPoint): KeyPoint => ({ ...point, ...project(toFrame, point) });

const pairsOf = (keyPoints: readonly KeyPoint[], pitch: PitchSize): readonly Pair[] => {
  const places = new Map(pitchLandmarks(pitch).map((landmark) => [landmark.name, landmark]));
  return keyPoints.flatMap((seen) => {
    const ground = places.get(seen.name);
    return ground === undefined ? [] : [{ ground, seen }];
  });
};

/** Places on one line err together: one in so many is taken for a measurement of its own. */
const togetherCount = 2;
/** Standard deviation of such a one: half a cell at least, whatever fits better by luck. */
const noiseMinCells = 0.5;

function doubtsOfLines(
  homography: Homography,
  matches: readonly Match[],
  frame: LineFrame,
  size: PitchSize,
): string | undefined {
  const asked = matches.filter((_, i) => i % togetherCount === 0);
  const spread = Math.sqrt(asked.reduce((sum, { offset }) => sum + offset ** 2, 0) / asked.length);
  const seen = { homography, equations: equationsOf(homography, asked), noisePx: Math.max(noiseMinCells, spread) };
  const middle = middleOf(size);
  const places = visiblePlaces(fromCorner(homography, size), frame.map, size);
  const doubt = doubtM(
    seen,
    places.map(({ x, y }) => ({ x: x - middle.x, y: y - middle.y })),
  );
  if (doubt <= doubtMaxM) return undefined;
  return Number.isFinite(doubt)
    ? `the lines leave the visible pitch in doubt by ${inWords(doubt)}`
    : 'the lines that are seen leave open how the pitch lies';
}
