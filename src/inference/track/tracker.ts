import { type Box, iou } from '../box.ts';
import { assign } from './assign.ts';
import { correct, type Motion, predict, startMotion } from './kalman.ts';

export interface Trackable extends Box {
  readonly label: string;
}

/** Follows boxes from frame to frame, one tracker a job, so that ids start at 1 in each. */
export interface Tracker {
  /** @returns the track id of each box of the next frame; none while a track is too young to be believed. */
  update(boxes: readonly Trackable[]): readonly (number | undefined)[];
}

interface Track {
  readonly id: number | undefined;
  readonly motions: readonly Motion[];
  readonly labelCounts: ReadonlyMap<string, number>;
  readonly hitCount: number;
  readonly missedCount: number;
}

/** A track is believed, and gets its id, at this hit: a false box seldom comes back at its place. */
const hitsToConfirm = 3;
const missesMax = 20;
const missesMaxUnconfirmed = 2;
/** At this cost a box rather begins a track of its own. */
const costMax = 0.85;
/** Labels flicker, so another label makes a match dearer and does not forbid it. */
const labelCost = 0.4;
const sizeRatioMax = 2;
/** Standard deviations in heights of the box. */
const deviation = { start: 0.1, process: 0.02, measurement: 0.06 };

export function makeTracker(): Tracker {
  let tracks: readonly Track[] = [];
  let idCount = 0;
  return {
    update(boxes) {
      const predicted = tracks.map(predictTrack);
      const trackOf = match(predicted, boxes);
      const seen = new Map(boxes.map((box, i) => [box, hit(predicted[trackOf[i] ?? -1], box)]));
      for (const [box, track] of seen) {
        if (track.id === undefined && track.hitCount >= hitsToConfirm) seen.set(box, { ...track, id: ++idCount });
      }
      const matched = new Set(trackOf);
      const missed = predicted.filter((_, i) => !matched.has(i)).filter(isAlive);
      tracks = [...seen.values(), ...missed];
      return boxes.map((box) => seen.get(box)?.id);
    },
  };
}

/** For each box the index of its track, or undefined. */
function match(tracks: readonly Track[], boxes: readonly Trackable[]): readonly (number | undefined)[] {
  const costs = boxes.map((box) => tracks.map((track) => matchCost(track, box)));
  return assign(costs).map((track, box) => ((costs[box]?.[track] ?? costMax) < costMax ? track : undefined));
}

/** Small for boxes that overlap, or that are near for their height: small fast things do not overlap any more. */
function matchCost(track: Track, box: Trackable): number {
  const expected = boxOf(track);
  const height = expected.y2 - expected.y1;
  const ratio = (box.y2 - box.y1) / height;
  if (!(height > 0 && ratio < sizeRatioMax && ratio > 1 / sizeRatioMax)) return costMax;
  const between = Math.hypot(centre(expected).x - centre(box).x, centre(expected).y - centre(box).y);
  const place = Math.min(1 - iou(expected, box), (1.2 * between) / height);
  return Math.min(place + (labelOf(track) === box.label ? 0 : labelCost), costMax);
}

function predictTrack(track: Track): Track {
  const variance = (deviation.process * heightOf(track)) ** 2;
  const motions = track.motions.map((motion) => predict(motion, variance));
  return { ...track, motions, missedCount: track.missedCount + 1 };
}

function hit(track: Track | undefined, box: Trackable): Track {
  const measured = coordinatesOf(box);
  const height = box.y2 - box.y1;
  if (track === undefined) {
    const motions = measured.map((value) => startMotion(value, (deviation.start * height) ** 2));
    return { id: undefined, motions, labelCounts: new Map([[box.label, 1]]), hitCount: 1, missedCount: 0 };
  }
  const variance = (deviation.measurement * height) ** 2;
  const motions = track.motions.map((motion, i) => correct(motion, measured[i] ?? motion.position, variance));
  const labelCounts = new Map(track.labelCounts).set(box.label, (track.labelCounts.get(box.label) ?? 0) + 1);
  return { ...track, motions, labelCounts, hitCount: track.hitCount + 1, missedCount: 0 };
}

const isAlive = (track: Track): boolean =>
  track.missedCount <= (track.id === undefined ? missesMaxUnconfirmed : missesMax);

/** The label that was seen most. */
const labelOf = (track: Track): string | undefined => [...track.labelCounts].sort((a, b) => b[1] - a[1])[0]?.[0];

const centre = (box: Box) => ({ x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 });

/** What is followed of a box: centre, width, height. */
const coordinatesOf = (box: Box) => [centre(box).x, centre(box).y, box.x2 - box.x1, box.y2 - box.y1];

const heightOf = (track: Track): number => track.motions[3]?.position ?? 0;

function boxOf(track: Track): Box {
  const [x = 0, y = 0, width = 0, height = 0] = track.motions.map((motion) => motion.position);
  return { x1: x - width / 2, y1: y - height / 2, x2: x + width / 2, y2: y + height / 2 };
}
