import type { Homography } from './homography.ts';
import { errorPx, type Pair, solveHomography } from './solve.ts';

/** The most samples that are tried; with half of the points wrong, one in sixteen has none of them. */
const samplesMax = 300;
const pairsOfSample = 4;
/** How sure it has to be that a sample without a wrong point was among those tried. */
const confidence = 0.999;

/**
 * Of homographies through four pairs each the one that most pairs agree with (RANSAC, Fischler and Bolles 1981). Which are
 * tried is the same each time, so that a frame says the same whenever it is read.
 * @param tolerancePx pairs agree within it
 */
export function findAgreed(pairs: readonly Pair[], tolerancePx: number): Homography | undefined {
  const next = randomIndices(pairs.length);
  let best: Homography | undefined;
  let bestCount = 0;
  let needed = samplesMax;
  for (let i = 0; i < needed; i++) {
    const homography = solveHomography(sampleOf(pairs, next));
    const count = homography === undefined ? 0 : agreeing(homography, pairs, tolerancePx).length;
    if (count <= bestCount) continue;
    best = homography;
    bestCount = count;
    needed = Math.min(samplesMax, samplesNeeded(bestCount / pairs.length, pairsOfSample));
  }
  return best;
}

export const agreeing = (homography: Homography, pairs: readonly Pair[], tolerancePx: number): readonly Pair[] =>
  pairs.filter((pair) => errorPx(homography, pair) <= tolerancePx);

/** So many samples, that one of them has surely only right ones. */
export const samplesNeeded = (rightShare: number, sampleSize: number): number =>
  Math.log(1 - confidence) / Math.log(1 - rightShare ** sampleSize);

function sampleOf(pairs: readonly Pair[], next: () => number): readonly Pair[] {
  if (pairs.length <= pairsOfSample) return pairs;
  const chosen = new Set<Pair>();
  while (chosen.size < pairsOfSample) {
    const pair = pairs[next()];
    if (pair !== undefined) chosen.add(pair);
  }
  return [...chosen];
}

/** Indices below `count`, the same each time (mulberry32). */
export function randomIndices(count: number): () => number {
  let state = count;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
}
