import type { Point } from '../oriented-box.ts';

/** A straight line of a frame: the points with normal · point = distance. */
export interface Straight {
  readonly normal: Point;
  readonly distance: number;
}

const angleCount = 360;
const binCells = 2;
/** Points so near are of the line. */
const toleranceCells = 0.8;
/** A line has so many of all points; the flat side of the centre circle is straight over fewer. */
const shareMin = 0.06;
const triesMax = 7;
/** A line is as wide as that to each side, where its own points are taken away. */
const besideCells = 1.5;

/** What is bent, as the flat sides of a circle are, lies less exactly on its line. */
const spreadMaxCells = 0.5;
/** A line is found from these, and then from all. */
const votersMax = 300;

const cosines = Float64Array.from({ length: angleCount }, (_, i) => Math.cos((i * Math.PI) / angleCount));
const sines = Float64Array.from({ length: angleCount }, (_, i) => Math.sin((i * Math.PI) / angleCount));

/** The straight lines on which most points lie, by Hough’s transformation, and the points that lie on none. */
export function findStraight(points: readonly Point[]): {
  readonly lines: readonly Straight[];
  readonly rest: readonly Point[];
} {
  const lines: Straight[] = [];
  let rest = points;
  let untried = points;
  for (let tries = 0; tries < triesMax && untried.length > 0; tries++) {
    const line = bestLine(untried);
    const isBeside = (point: Point) => !isOn(line, point, besideCells);
    const left = untried.filter(isBeside);
    const own = untried.filter((point) => isOn(line, point, besideCells));
    untried = left;
    if (own.length < shareMin * points.length || spreadAcross(line, own) > spreadMaxCells) continue;
    lines.push(line);
    rest = rest.filter(isBeside);
  }
  return { lines, rest };
}

/** Standard deviation of the points from the line. */
const spreadAcross = ({ normal, distance }: Straight, points: readonly Point[]): number =>
  Math.sqrt(points.reduce((sum, { x, y }) => sum + (normal.x * x + normal.y * y - distance) ** 2, 0) / points.length);

const isOn = ({ normal, distance }: Straight, { x, y }: Point, tolerance: number): boolean =>
  Math.abs(normal.x * x + normal.y * y - distance) <= tolerance;

function bestLine(points: readonly Point[]): Straight {
  const reach = points.reduce((most, { x, y }) => Math.max(most, Math.hypot(x, y)), 1);
  const binCount = 2 * Math.ceil(reach / binCells) + 1;
  const votes = new Uint16Array(angleCount * binCount);
  const every = Math.ceil(points.length / votersMax);
  let best = 0;
  for (let voter = 0; voter < points.length; voter += every) {
    const { x = 0, y = 0 } = points[voter] ?? {};
    for (let i = 0; i < angleCount; i++) {
      const distance = (cosines[i] ?? 0) * x + (sines[i] ?? 0) * y;
      const bin = i * binCount + Math.round(distance / binCells) + (binCount >> 1);
      const count = (votes[bin] ?? 0) + 1;
      votes[bin] = count;
      if (count > (votes[best] ?? 0)) best = bin;
    }
  }
  const angle = Math.floor(best / binCount);
  const voted = {
    normal: { x: cosines[angle] ?? 1, y: sines[angle] ?? 0 },
    distance: ((best % binCount) - (binCount >> 1)) * binCells,
  };
  const near = throughPoints(points.filter((point) => isOn(voted, point, 2 * toleranceCells))) ?? voted;
  return throughPoints(points.filter((point) => isOn(near, point, toleranceCells))) ?? near;
}

/** The line from which the points have the least squared distances. */
function throughPoints(points: readonly Point[]): Straight | undefined {
  if (points.length < 2) return undefined;
  const sum = (of: (point: Point) => number) => points.reduce((total, point) => total + of(point), 0) / points.length;
  const [x, y] = [sum((point) => point.x), sum((point) => point.y)];
  const xx = sum((point) => (point.x - x) ** 2);
  const yy = sum((point) => (point.y - y) ** 2);
  const xy = sum((point) => (point.x - x) * (point.y - y));
  const along = Math.atan2(2 * xy, xx - yy) / 2;
  const normal = { x: -Math.sin(along), y: Math.cos(along) };
  return { normal, distance: normal.x * x + normal.y * y };
}

/** Where two lines meet; none where they are parallel. */
export function crossing(a: Straight, b: Straight): Point | undefined {
  const area = a.normal.x * b.normal.y - a.normal.y * b.normal.x;
  if (Math.abs(area) < 1e-6) return undefined;
  return {
    x: (a.distance * b.normal.y - b.distance * a.normal.y) / area,
    y: (b.distance * a.normal.x - a.distance * b.normal.x) / area,
  };
}

export function lineThrough(a: Point, b: Point): Straight {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const normal = { x: (a.y - b.y) / length, y: (b.x - a.x) / length };
  return { normal, distance: normal.x * a.x + normal.y * a.y };
}
