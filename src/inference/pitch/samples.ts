import type { Point } from '../oriented-box.ts';
import { type PitchLine, type PitchSize, pitchLines, pointsAlong } from './layout.ts';

/** A place on a line of the pitch, metres from the middle of the pitch, and the direction in which the line goes there. */
export interface Sample extends Point {
  readonly along: Point;
}

const stepM = 2;
/** Of what is bent. */
const arcStepM = 1;

/** Places on all lines of the pitch, evenly. */
export function samplesOf(size: PitchSize): readonly Sample[] {
  return pitchLines(size).flatMap((line) => samplesAlong(line, middleOf(size)));
}

/** The places between the points, for the ends are corners, where a line has no direction. */
function samplesAlong(line: PitchLine, middle: Point): readonly Sample[] {
  const points = pointsAlong(line, 'radiusM' in line ? arcStepM : stepM);
  return points.slice(1).map((to, i) => {
    const from = points[i] ?? to;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    return {
      x: (from.x + to.x) / 2 - middle.x,
      y: (from.y + to.y) / 2 - middle.y,
      along: { x: (to.x - from.x) / length, y: (to.y - from.y) / length },
    };
  });
}

export const middleOf = ({ lengthM, widthM }: PitchSize): Point => ({ x: lengthM / 2, y: widthM / 2 });
