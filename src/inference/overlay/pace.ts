/** What becomes of a frame: one that is not drawn is left out of the annotated video, where the one before stays longer. */
export type Outcome = 'drawn' | 'throttled' | 'skipped';

export interface PaceOptions {
  /** Frames of each second of the input, at most; 0 for all. */
  readonly fpsMax: number;
  /** How far drawing may be behind the input’s own clock, ms; 0 for any. */
  readonly deadlineMs: number;
}

export interface Paced {
  readonly outcome: Outcome;
  /** Of a drawn frame: how many were skipped since the one drawn before. */
  readonly droppedFrames: number;
}

interface Moment {
  /** When the frame is shown, from the start of the input. */
  readonly timeMs: number;
  readonly nowMs: number;
  /** Whether it is drawn in any case. */
  readonly isWanted: boolean;
}

/** Where drawing never catches up, it still shows something this often, in time of the input. */
const sightMs = 1_000;
/** Times are rounded on their way: a frame this part of a slot early is in time. */
const slotTolerance = 1e-3;

/** Decides frame after frame, in their order. Which frames are throttled depends on nothing but their times. */
export function makePace({ fpsMax, deadlineMs }: PaceOptions): (moment: Moment) => Paced {
  /** What the input’s clock is behind ours. It only falls: who was early has earned no delay. */
  let clockOffsetMs = Number.POSITIVE_INFINITY;
  let lastDrawnMs = Number.NEGATIVE_INFINITY;
  let lastSlot = Number.NaN;
  let skippedCount = 0;
  function judge(timeMs: number, nowMs: number, slot: number): Outcome {
    if (fpsMax > 0 && slot === lastSlot) return 'throttled';
    const isLate = deadlineMs > 0 && nowMs - timeMs - clockOffsetMs > deadlineMs;
    return isLate && Math.abs(timeMs - lastDrawnMs) < sightMs ? 'skipped' : 'drawn';
  }
  return ({ timeMs, nowMs, isWanted }) => {
    clockOffsetMs = Math.min(clockOffsetMs, nowMs - timeMs);
    const slot = Math.floor((timeMs * fpsMax) / 1000 + slotTolerance);
    const outcome = isWanted ? 'drawn' : judge(timeMs, nowMs, slot);
    if (outcome === 'skipped') skippedCount++;
    if (outcome !== 'drawn') return { outcome, droppedFrames: 0 };
    [lastDrawnMs, lastSlot] = [timeMs, slot];
    const droppedFrames = skippedCount;
    skippedCount = 0;
    return { outcome, droppedFrames };
  };
}
