import type { Point } from '../oriented-box.ts';
import { type Conic, findEllipse, meeting, poleOf } from './ellipse.ts';
import { makeEquations, observe, solve } from './equations.ts';
import type { Homography } from './homography.ts';
import { circleRadiusM, type PitchSize } from './layout.ts';
import { type Pair, solveHomography } from './solve.ts';
import { crossing, findStraight, lineThrough, type Straight } from './straight.ts';

/** More say no more. */
const pointsMax = 600;

/**
 * What the pitch may be like, from points on its lines: wherever an ellipse is, one line through it and one beside it, they
 * may be the centre circle, the halfway line and a touchline, which is enough for a homography. Metres are counted from the
 * middle of the pitch.
 */
export function guessPitch(points: readonly Point[], size: PitchSize): readonly Homography[] {
  const every = Math.ceil(points.length / pointsMax);
  const { lines, rest } = findStraight(points.filter((_, i) => i % every === 0));
  const circle = lines.length < 2 ? undefined : findEllipse(rest);
  if (circle === undefined) return [];
  return lines.flatMap((halfway) => {
    const ends = meeting(circle, halfway);
    if (ends === undefined) return [];
    const others = lines.filter((line) => line !== halfway && meeting(circle, line) === undefined);
    const guesses = others.map((touchline) => guessFrom({ circle, halfway, ends, touchline }, size));
    return guesses.filter((guess) => guess !== undefined);
  });
}

interface Parts {
  readonly circle: Conic;
  readonly halfway: Straight;
  /** Where both meet. */
  readonly ends: readonly [Point, Point];
  readonly touchline: Straight;
}

function guessFrom({ circle, halfway, ends, touchline }: Parts, { widthM }: PitchSize): Homography | undefined {
  const [far, near] = ends[0].y < ends[1].y ? ends : [ends[1], ends[0]];
  const corner = crossing(halfway, touchline);
  if (corner === undefined) return undefined;
  const cornerM = (Math.abs(corner.y - far.y) < Math.abs(corner.y - near.y) ? 1 : -1) * (widthM / 2);
  const centre = middleOfCircle([
    { m: -circleRadiusM, at: near },
    { m: circleRadiusM, at: far },
    { m: cornerM, at: corner },
  ]);
  const sides = centre && meeting(circle, alongThrough(centre, circle, halfway));
  if (centre === undefined || sides === undefined) return undefined;
  const [left, right] = sides[0].x < sides[1].x ? sides : [sides[1], sides[0]];
  const pair = (x: number, y: number, seen: Point): Pair => ({ ground: { x, y }, seen });
  return solveHomography([
    pair(0, -circleRadiusM, near),
    pair(0, circleRadiusM, far),
    pair(-circleRadiusM, 0, left),
    pair(circleRadiusM, 0, right),
    pair(0, 0, centre),
    pair(0, cornerM, corner),
  ]);
}

interface Place {
  /** Metres across the pitch. */
  readonly m: number;
  readonly at: Point;
}

/** Three places of a line say where each other one of it is seen: here, 0 m. */
function middleOfCircle(places: readonly Place[]): Point | undefined {
  const [start, end] = [places[0]?.at, places[1]?.at];
  if (start === undefined || end === undefined) return undefined;
  const along = { x: end.x - start.x, y: end.y - start.y };
  const square = along.x ** 2 + along.y ** 2;
  const equations = makeEquations(3);
  for (const { m, at } of places) {
    const part = ((at.x - start.x) * along.x + (at.y - start.y) * along.y) / square;
    observe(equations, [m, 1, -part * m], part);
  }
  const middle = solve(equations)?.[1];
  return middle === undefined ? undefined : { x: start.x + middle * along.x, y: start.y + middle * along.y };
}

/** The line of the frame that runs along the pitch: as the tangents of the circle do where the halfway line meets it. */
function alongThrough(centre: Point, circle: Conic, halfway: Straight): Straight {
  const [x, y, scale] = poleOf(circle, halfway);
  return lineThrough(centre, { x: centre.x + (x - scale * centre.x), y: centre.y + (y - scale * centre.y) });
}
