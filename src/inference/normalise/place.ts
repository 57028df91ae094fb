import type { Letterbox } from '../letterbox.ts';
import type { Candidate, Unit } from './candidate.ts';

/** From a dialect's numbers to px of the frame: `x × scaleX + shiftX`. */
export interface Place {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

type SettledUnit = Exclude<Unit, 'px or ratio'>;

export function placeOf(unit: SettledUnit, { frame, scale, scaleY, left, top }: Letterbox): Place {
  if (unit === 'frame px') return { scaleX: 1, scaleY: 1, shiftX: 0, shiftY: 0 };
  if (unit === 'input px') {
    return { scaleX: 1 / scale, scaleY: 1 / scaleY, shiftX: -left / scale, shiftY: -top / scaleY };
  }
  return { scaleX: frame.width / unit, scaleY: frame.height / unit, shiftX: 0, shiftY: 0 };
}

/** Whether all boxes in this unit lie within one px, and not at its corners only: as px never do, and ratios always. */
export function areRatios(candidates: readonly Candidate[], dialectUnit: Unit): boolean {
  let hasFraction = false;
  for (const { corners, unit = dialectUnit } of candidates) {
    if (corners === undefined || corners === 'whole' || unit !== dialectUnit) continue;
    for (const value of corners) {
      if (typeof value !== 'number' || !Number.isFinite(value)) continue;
      if (Math.abs(value) > 1) return false;
      hasFraction ||= !Number.isInteger(value);
    }
  }
  return hasFraction;
}
