import { matchPairs } from './match.ts';
import { type TrackerOptions, trackerDefaults } from './options.ts';
import { matchCost, predictTrack, seeTrack, startTrack, type Track, type Trackable } from './track.ts';

export type { Trackable } from './track.ts';

/** Follows boxes from frame to frame, one tracker a job, so that ids start at 1 in each. */
export interface Tracker {
  /** @returns the track id of each box of the next frame; none while a track is too young to be believed. */
  update(boxes: readonly Trackable[]): readonly (number | undefined)[];
}

/** Of more boxes in a frame, and of more tracks that wait, the best and the latest: a limit to the time of a frame. */
const boxesMax = 1_000;
const waitingMax = 1_000;

/**
 * After ByteTrack (Zhang and others 2022): good boxes are given to the believed tracks first, weak ones to those that
 * were seen last time and are left over, and what good boxes are left to young tracks. Then they begin their own.
 */
export function makeTracker(options: TrackerOptions = trackerDefaults): Tracker {
  let tracks: readonly Track[] = [];
  let idCount = 0;
  let isFirstFrame = true;
  const believed = (track: Track): Track =>
    track.id === undefined && (isFirstFrame || track.hitCount >= options.hits_min)
      ? { ...track, id: ++idCount }
      : track;
  return {
    update(boxes) {
      const { good, weak } = byScore(boxes, options);
      const predicted = tracks.map(predictTrack);
      const old = predicted.filter(({ id }) => id !== undefined);
      const young = predicted.filter(({ id }) => id === undefined);
      const seen = new Map<Trackable, Track>();
      const given = new Set<Track>();
      const give = (to: readonly Track[], from: readonly Trackable[], costMax: number): void => {
        for (const { track, box } of pairsOf(to, from, { costMax, labelCost: options.label_cost })) {
          seen.set(box, believed(seeTrack(track, box)));
          given.add(track);
        }
      };
      const isLeft = (box: Trackable): boolean => !seen.has(box);
      give(old, good, options.cost_max);
      give(
        old.filter((track) => track.missedCount === 1 && !given.has(track)),
        weak,
        options.cost_max_low,
      );
      give(young, good.filter(isLeft), options.cost_max);
      for (const box of good.filter(isLeft)) seen.set(box, believed(startTrack(box)));
      const waiting = old.filter((track) => !given.has(track) && track.missedCount <= options.missed_max);
      tracks = [...seen.values(), ...waiting.sort((a, b) => a.missedCount - b.missedCount).slice(0, waitingMax)];
      isFirstFrame = false;
      return boxes.map((box) => seen.get(box)?.id);
    },
  };
}

/** Boxes that are none have no track; those without a score are good. */
function byScore(boxes: readonly Trackable[], { score_high, score_low }: TrackerOptions) {
  const scored = boxes.filter(({ x1, y1, x2, y2 }) => x2 > x1 && y2 > y1);
  const best =
    scored.length <= boxesMax ? scored : scored.toSorted((a, b) => (b.score ?? 1) - (a.score ?? 1)).slice(0, boxesMax);
  return {
    good: best.filter(({ score = 1 }) => score >= score_high),
    weak: best.filter(({ score = 1 }) => score < score_high && score >= score_low),
  };
}

interface Limits {
  readonly costMax: number;
  readonly labelCost: number;
}

function pairsOf(tracks: readonly Track[], boxes: readonly Trackable[], { costMax, labelCost }: Limits) {
  const cost = (row: number, column: number): number => {
    const [box, track] = [boxes[row], tracks[column]];
    return box && track ? matchCost(track, box, labelCost) : Number.NaN;
  };
  const trackOf = matchPairs({ rowCount: boxes.length, columnCount: tracks.length, cost, costMax });
  return boxes.flatMap((box, i) => {
    const track = tracks[trackOf[i] ?? -1];
    return track ? [{ track, box }] : [];
  });
}
