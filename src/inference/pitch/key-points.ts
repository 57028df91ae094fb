import type { Point } from '../oriented-box.ts';
import type { KeyPoint } from './fit.ts';
import type { Match } from './follow.ts';
import { type Homography, project } from './homography.ts';
import { type PitchSize, pitchLandmarks } from './layout.ts';
import { middleOf } from './samples.ts';

/** Lines so near say where a landmark is. */
const nearM = 8;
const matchesMin = 5;
/** One line says nothing of where along it a place is: so much has to be said of the least known direction, 0 to 0.5. */
const turnMin = 0.08;

/**
 * The landmarks of the pitch where the lines around each of them are, whatever those elsewhere say.
 * @param homography metres from the middle of the pitch to cells
 */
export function keyPointsOf(matches: readonly Match[], homography: Homography, size: PitchSize): readonly KeyPoint[] {
  const middle = middleOf(size);
  return pitchLandmarks(size).flatMap(({ name, x, y }) => {
    const ground = { x: x - middle.x, y: y - middle.y };
    const around = matches.filter(({ sample }) => isNear(sample, ground));
    const at = project(homography, ground);
    const moved = at && shiftOf(around);
    return at === undefined || moved === undefined ? [] : [{ name, x: at.x + moved.x, y: at.y + moved.y, score: 1 }];
  });
}

const isNear = (a: Point, b: Point): boolean =>
  Math.abs(a.x - b.x) < nearM && Math.abs(a.y - b.y) < nearM && Math.hypot(a.x - b.x, a.y - b.y) < nearM;

/** How far all of them have to move to be where their lines are, by least squares. */
function shiftOf(matches: readonly Match[]): Point | undefined {
  if (matches.length < matchesMin) return undefined;
  let [xx, xy, yy, x, y] = [0, 0, 0, 0, 0];
  for (const { normal, offset } of matches) {
    xx += normal.x * normal.x;
    xy += normal.x * normal.y;
    yy += normal.y * normal.y;
    x += normal.x * offset;
    y += normal.y * offset;
  }
  const least = (xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy);
  if (least < turnMin * matches.length) return undefined;
  const area = xx * yy - xy * xy;
  return { x: (yy * x - xy * y) / area, y: (xx * y - xy * x) / area };
}
