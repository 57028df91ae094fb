/** @typedef {readonly [number, number, number]} Point metres: along the pitch, across it, up */

/** Length, width of the pitch, metres; the marks below are those of the Laws of the Game. */
export const pitch = { length: 105, width: 68 };

const goalArea = { depth: 5.5, width: 18.32 };
const penaltyArea = { depth: 16.5, width: 40.32 };
const spotDistance = 11;
const circleRadius = 9.15;
/** Half the angle under which the penalty arc leaves the penalty area: acos(5.5 / 9.15). */
const arcAngle = 0.926;

/**
 * Every line of the pitch as a list of points on the ground.
 * @returns {Point[][]}
 */
export function pitchLines() {
  const { length, width } = pitch;
  const middle = width / 2;
  return [
    rectangle(0, 0, length, width),
    [
      [length / 2, 0, 0],
      [length / 2, width, 0],
    ],
    ...[penaltyArea, goalArea].flatMap((area) => [
      rectangle(0, middle - area.width / 2, area.depth, middle + area.width / 2),
      rectangle(length - area.depth, middle - area.width / 2, length, middle + area.width / 2),
    ]),
    arc(length / 2, middle, 0, Math.PI),
    arc(spotDistance, middle, 0, arcAngle),
    arc(length - spotDistance, middle, Math.PI, arcAngle),
  ];
}

/**
 * The kick-off and penalty spots.
 * @returns {Point[]}
 */
export function pitchSpots() {
  return [spotDistance, pitch.length / 2, pitch.length - spotDistance].map((x) => [x, pitch.width / 2, 0]);
}

/** @returns {Point[]} */
function rectangle(x1, y1, x2, y2) {
  return [
    [x1, y1, 0],
    [x2, y1, 0],
    [x2, y2, 0],
    [x1, y2, 0],
    [x1, y1, 0],
  ];
}

/** @returns {Point[]} */
function arc(x, y, direction, halfAngle) {
  const steps = 48;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = direction + halfAngle * ((2 * i) / steps - 1);
    return [x + circleRadius * Math.cos(angle), y + circleRadius * Math.sin(angle), 0];
  });
}
