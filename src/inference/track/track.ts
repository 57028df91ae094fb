import { type Box, iou } from '../box.ts';
import { correct, type Motion, predict, startMotion } from './kalman.ts';

export interface Trackable extends Box {
  readonly label: string;
  /** 0 to 1; a box without one counts as a good one. */
  readonly score?: number;
}

/** A thing that is followed: where it is expected in this frame, and how it was seen. */
export interface Track {
  /** None while it is too young to be believed. */
  readonly id: number | undefined;
  readonly motion: BoxMotion;
  readonly expected: Box;
  readonly labelCounts: ReadonlyMap<string, number>;
  /** The label that was seen most. */
  readonly label: string;
  readonly hitCount: number;
  readonly missedCount: number;
}

/** What is followed of a box. */
interface BoxMotion {
  readonly x: Motion;
  readonly y: Motion;
  readonly width: Motion;
  readonly height: Motion;
}

/** Standard deviations in heights of the box. */
const deviation = { start: 0.1, process: 0.02, measurement: 0.06 };
const sizeRatioMax = 2;
/** What centres cost that are a width or a height apart. */
const distanceWeight = 0.8;

export function startTrack(box: Trackable): Track {
  const { x, y, width, height } = middleOf(box);
  const start = (value: number): Motion => startMotion(value, (deviation.start * height) ** 2);
  const motion = { x: start(x), y: start(y), width: start(width), height: start(height) };
  const labelCounts = new Map([[box.label, 1]]);
  return { id: undefined, motion, expected: box, labelCounts, label: box.label, hitCount: 1, missedCount: 0 };
}

/** One frame later, not seen yet. What is not seen keeps its size: it would shrink to nothing or fill the frame. */
export function predictTrack(track: Track): Track {
  const variance = (deviation.process * track.motion.height.position) ** 2;
  const size = (motion: Motion): Motion =>
    predict(track.missedCount > 0 ? { ...motion, velocity: 0 } : motion, variance);
  const motion = {
    x: predict(track.motion.x, variance),
    y: predict(track.motion.y, variance),
    width: size(track.motion.width),
    height: size(track.motion.height),
  };
  return { ...track, motion, expected: boxOf(motion), missedCount: track.missedCount + 1 };
}

export function seeTrack(track: Track, box: Trackable): Track {
  const { x, y, width, height } = middleOf(box);
  const variance = (deviation.measurement * height) ** 2;
  const motion = {
    x: correct(track.motion.x, x, variance),
    y: correct(track.motion.y, y, variance),
    width: correct(track.motion.width, width, variance),
    height: correct(track.motion.height, height, variance),
  };
  const labelCounts = new Map(track.labelCounts).set(box.label, (track.labelCounts.get(box.label) ?? 0) + 1);
  const isMore = (labelCounts.get(box.label) ?? 0) > (labelCounts.get(track.label) ?? 0);
  return {
    ...track,
    motion,
    labelCounts,
    label: isMore ? box.label : track.label,
    hitCount: track.hitCount + 1,
    missedCount: 0,
  };
}

/**
 * Small for boxes that overlap, or that are near for their height: small fast things do not overlap any more.
 * NaN where the box cannot be the track's. Labels flicker, so another one makes a match dearer and does not forbid it.
 */
export function matchCost({ expected, label }: Track, box: Trackable, labelCost: number): number {
  const height = expected.y2 - expected.y1;
  const ratio = (box.y2 - box.y1) / height;
  if (!(height > 0 && ratio < sizeRatioMax && ratio > 1 / sizeRatioMax)) return Number.NaN;
  const betweenX = (expected.x1 + expected.x2 - box.x1 - box.x2) / 2;
  const betweenY = (expected.y1 + expected.y2 - box.y1 - box.y2) / 2;
  const width = expected.x2 - expected.x1;
  const distance = distanceWeight * Math.hypot(betweenX / width, betweenY / height);
  return Math.min(1 - iou(expected, box), distance) + (label === box.label ? 0 : labelCost);
}

const middleOf = ({ x1, y1, x2, y2 }: Box) => ({ x: (x1 + x2) / 2, y: (y1 + y2) / 2, width: x2 - x1, height: y2 - y1 });

function boxOf({ x, y, width, height }: BoxMotion): Box {
  const halfWidth = width.position / 2;
  const halfHeight = height.position / 2;
  return {
    x1: x.position - halfWidth,
    y1: y.position - halfHeight,
    x2: x.position + halfWidth,
    y2: y.position + halfHeight,
  };
}
