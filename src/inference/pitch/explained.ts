import type { Point } from '../oriented-box.ts';
import { type Homography, project, unproject } from './homography.ts';
import { type PitchLine, type PitchSize, pitchLines } from './layout.ts';

const toleranceCells = 2.5;
/** So many points are asked. */
const askedMax = 200;

/**
 * How much of what looks like a line is one, if the pitch lies like that, 0 to 1.
 * @param homography metres of the pitch to cells
 */
export function explainedShare(points: readonly Point[], homography: Homography, size: PitchSize): number {
  const every = Math.ceil(points.length / askedMax);
  const asked = points.filter((_, i) => i % every === 0);
  const lines = pitchLines(size);
  const explained = asked.filter((point) => {
    const ground = unproject(homography, point);
    return ground !== undefined && lines.some((line) => isNear(homography, nearestOn(line, ground), point));
  });
  return explained.length / asked.length;
}

function isNear(homography: Homography, ground: Point, point: Point): boolean {
  const at = project(homography, ground);
  return at !== undefined && Math.hypot(at.x - point.x, at.y - point.y) <= toleranceCells;
}

/** The place of a line that is nearest on the ground; of an arc that of its whole circle. */
function nearestOn(line: PitchLine, { x, y }: Point): Point {
  if ('radiusM' in line) {
    const { centre, radiusM } = line;
    const part = radiusM / Math.hypot(x - centre.x, y - centre.y);
    return { x: centre.x + part * (x - centre.x), y: centre.y + part * (y - centre.y) };
  }
  const { from, to } = line;
  const [alongX, alongY] = [to.x - from.x, to.y - from.y];
  const part = ((x - from.x) * alongX + (y - from.y) * alongY) / (alongX ** 2 + alongY ** 2);
  const within = Math.min(1, Math.max(0, part));
  return { x: from.x + within * alongX, y: from.y + within * alongY };
}
