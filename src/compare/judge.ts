import type { Comparison } from './compare.ts';

/** How far the second job may be from the first; what is left out may be anything. */
export interface Limits {
  /** The least match ratio, 0 to 1. */
  readonly minMatch?: number | undefined;
  /** The greatest difference of two matched boxes' scores. */
  readonly maxScoreDiff?: number | undefined;
  /** The greatest ratio, B ÷ A, of the runs' median durations. */
  readonly maxLatencyRatio?: number | undefined;
}

/** What is past its limit, in words; none where all is well. What cannot be told is past it too. */
export function judge({ boxes, latencies }: Comparison, limits: Limits): readonly string[] {
  const { minMatch, maxScoreDiff, maxLatencyRatio } = limits;
  const ratio = latencies.find(({ stage }) => stage === 'run')?.median_ratio ?? null;
  const scoreDiff = boxes.score_diff_max ?? 0;
  return [
    ...(minMatch !== undefined && boxes.match_ratio < minMatch
      ? [`the match ratio is ${shown(boxes.match_ratio)}, below ${minMatch}`]
      : []),
    ...(maxScoreDiff !== undefined && scoreDiff > maxScoreDiff
      ? [`the greatest difference of scores is ${shown(scoreDiff)}, above ${maxScoreDiff}`]
      : []),
    ...(maxScoreDiff !== undefined && boxes.scores_missing > 0
      ? [`matched boxes that have a score in one job only: ${boxes.scores_missing}`]
      : []),
    ...(maxLatencyRatio !== undefined && ratio === null ? ['the latencies cannot be compared: a job has no runs'] : []),
    ...(maxLatencyRatio !== undefined && ratio !== null && ratio > maxLatencyRatio
      ? [`the median run takes ${shown(ratio)} times as long, above ${maxLatencyRatio}`]
      : []),
  ];
}

/** Enough digits to be told from the limit. */
const shown = (value: number): string => String(Number(value.toPrecision(6)));
