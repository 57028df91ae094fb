import type { Point } from '../oriented-box.ts';

/** The size of a pitch, metres. The Laws of the Game leave it open; 105 × 68 is what most leagues have. */
export interface PitchSize {
  readonly lengthM: number;
  readonly widthM: number;
}

/** A place that can be told from all others, metres. */
export interface Landmark extends Point {
  readonly name: string;
}

/** A line of the pitch, metres: straight, or a part of a circle with its angles in radians, against the clock. */
export type PitchLine =
  | { readonly name: string; readonly from: Point; readonly to: Point }
  | {
      readonly name: string;
      readonly centre: Point;
      readonly radiusM: number;
      readonly fromAngle: number;
      readonly toAngle: number;
    };

/** Law 1 of the Laws of the Game: the same on a pitch of any size. */
const goalArea = { depthM: 5.5, widthM: 18.32 };
const penaltyArea = { depthM: 16.5, widthM: 40.32 };
const spotDistanceM = 11;
export const circleRadiusM = 9.15;

/** Half the angle under which the arc before the penalty area leaves it. */
const arcAngle = Math.acos((penaltyArea.depthM - spotDistanceM) / circleRadiusM);

const near = -1;
const far = 1;
const sideName = (side: number): string => (side === near ? 'near' : 'far');

/** One half of the pitch, seen from its goal line: 0 m is the goal line, and `x` grows towards the other one. */
interface Half {
  readonly name: string;
  readonly x: (fromGoalLineM: number) => number;
  readonly middleM: number;
  readonly widthM: number;
}

const halvesOf = ({ lengthM, widthM }: PitchSize): readonly Half[] => [
  { name: 'left', x: (m) => m, middleM: widthM / 2, widthM },
  { name: 'right', x: (m) => lengthM - m, middleM: widthM / 2, widthM },
];

/**
 * Every landmark, always in this order: a model that gives one point for each is read by the index. `x` goes along the
 * pitch from the left goal line, `y` across it from the touchline that is nearer to the camera.
 */
export function pitchLandmarks(size: PitchSize): readonly Landmark[] {
  const { lengthM, widthM } = size;
  const [x, y] = [lengthM / 2, widthM / 2];
  return [
    ...halvesOf(size).flatMap(landmarksOfHalf),
    { name: 'halfway-near', x, y: 0 },
    { name: 'halfway-far', x, y: widthM },
    { name: 'centre-spot', x, y },
    { name: 'circle-near', x, y: y - circleRadiusM },
    { name: 'circle-far', x, y: y + circleRadiusM },
    { name: 'circle-left', x: x - circleRadiusM, y },
    { name: 'circle-right', x: x + circleRadiusM, y },
  ];
}

function landmarksOfHalf({ name: half, x, middleM, widthM }: Half): readonly Landmark[] {
  const areas = [
    { name: 'penalty-area', ...penaltyArea },
    { name: 'goal-area', ...goalArea },
  ].flatMap((area) =>
    [near, far].flatMap((side) => {
      const y = middleM + (side * area.widthM) / 2;
      const name = `${half}-${area.name}-${sideName(side)}`;
      return [
        { name: `${name}-goal-line`, x: x(0), y },
        { name, x: x(area.depthM), y },
      ];
    }),
  );
  const arcY = circleRadiusM * Math.sin(arcAngle);
  return [
    { name: `${half}-corner-near`, x: x(0), y: 0 },
    { name: `${half}-corner-far`, x: x(0), y: widthM },
    ...areas,
    { name: `${half}-penalty-spot`, x: x(spotDistanceM), y: middleM },
    { name: `${half}-penalty-arc-near`, x: x(penaltyArea.depthM), y: middleM - arcY },
    { name: `${half}-penalty-arc-far`, x: x(penaltyArea.depthM), y: middleM + arcY },
    { name: `${half}-penalty-arc-top`, x: x(spotDistanceM + circleRadiusM), y: middleM },
  ];
}

/** Every line that is painted on the grass. */
export function pitchLines(size: PitchSize): readonly PitchLine[] {
  const { lengthM, widthM } = size;
  const [x, y] = [lengthM / 2, widthM / 2];
  return [
    { name: 'touchline-near', from: { x: 0, y: 0 }, to: { x: lengthM, y: 0 } },
    { name: 'touchline-far', from: { x: 0, y: widthM }, to: { x: lengthM, y: widthM } },
    { name: 'halfway', from: { x, y: 0 }, to: { x, y: widthM } },
    { name: 'circle', centre: { x, y }, radiusM: circleRadiusM, fromAngle: 0, toAngle: 2 * Math.PI },
    ...halvesOf(size).flatMap(linesOfHalf),
  ];
}

function linesOfHalf({ name: half, x, middleM, widthM }: Half): readonly PitchLine[] {
  const areas = [
    { name: 'penalty-area', ...penaltyArea },
    { name: 'goal-area', ...goalArea },
  ].flatMap(({ name, depthM, widthM: areaWidthM }) => {
    const [nearY, farY] = [middleM - areaWidthM / 2, middleM + areaWidthM / 2];
    return [
      { name: `${half}-${name}-front`, from: { x: x(depthM), y: nearY }, to: { x: x(depthM), y: farY } },
      { name: `${half}-${name}-near`, from: { x: x(0), y: nearY }, to: { x: x(depthM), y: nearY } },
      { name: `${half}-${name}-far`, from: { x: x(0), y: farY }, to: { x: x(depthM), y: farY } },
    ];
  });
  const direction = half === 'left' ? 0 : Math.PI;
  return [
    { name: `${half}-goal-line`, from: { x: x(0), y: 0 }, to: { x: x(0), y: widthM } },
    ...areas,
    {
      name: `${half}-penalty-arc`,
      centre: { x: x(spotDistanceM), y: middleM },
      radiusM: circleRadiusM,
      fromAngle: direction - arcAngle,
      toAngle: direction + arcAngle,
    },
  ];
}

/** Points along a line, both ends among them, at most `stepM` apart. */
export function pointsAlong(line: PitchLine, stepM: number): readonly Point[] {
  const isArc = 'radiusM' in line;
  const lengthM = isArc
    ? line.radiusM * (line.toAngle - line.fromAngle)
    : Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y);
  const count = Math.max(1, Math.ceil(lengthM / stepM));
  return Array.from({ length: count + 1 }, (_, i) => pointAt(line, i / count));
}

function pointAt(line: PitchLine, part: number): Point {
  if ('radiusM' in line) {
    const angle = line.fromAngle + part * (line.toAngle - line.fromAngle);
    return { x: line.centre.x + line.radiusM * Math.cos(angle), y: line.centre.y + line.radiusM * Math.sin(angle) };
  }
  const { from, to } = line;
  return { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) };
}
