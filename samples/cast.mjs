import { pitch } from './pitch.mjs';

/**
 * @typedef {object} Actor
 * @property {number} id
 * @property {string} label
 * @property {number} [number] on the shirt of a field player
 * @property {(timeS: number) => { x: number, y: number }} at place on the pitch, metres
 * @property {number} stride phase of the legs, radians
 */

const teams = [
  { label: 'red', count: 10, from: 25, to: 80 },
  { label: 'blue', count: 10, from: 25, to: 80 },
  { label: 'yellow', count: 2, from: 20, to: 85 },
  { label: 'black', count: 1, from: 40, to: 65 },
];

/** Goalkeepers and the referee have no number. */
const firstId = { red: 0, blue: 10 };

/**
 * Who is on the pitch and where each one runs: a slow drift and a swing, so that speeds stay human.
 * @param {() => number} random
 * @returns {Actor[]} the ball last
 */
export function makeCast(random) {
  const labels = teams.flatMap((team) => Array.from({ length: team.count }, () => team));
  const players = labels.map(({ label, from, to }, id) => ({
    id,
    label,
    ...(label in firstId && { number: id - firstId[label] + 2 }),
    at: run(random, { x: from + random() * (to - from), y: 4 + random() * 60 }, 1.5, 1.8),
    stride: random() * 6,
  }));
  const ball = { x: pitch.length / 2 + (random() - 0.5) * 25, y: pitch.width / 2 + (random() - 0.5) * 40 };
  return [...players, { id: players.length, label: 'ball', at: run(random, ball, 3, 3.5), stride: 0 }];
}

/** A path from `start`: `driftMps` along a line, and to and fro by `swingM`. */
function run(random, start, driftMps, swingM) {
  const heading = random() * 2 * Math.PI;
  const phase = random() * 2 * Math.PI;
  const turns = 0.5 + random() * 0.8;
  const offset = Math.sin(phase);
  return (timeS) => {
    const swing = swingM * (Math.sin(turns * timeS + phase) - offset);
    return {
      x: start.x + driftMps * timeS * Math.cos(heading) + swing * Math.sin(heading),
      y: start.y + driftMps * timeS * Math.sin(heading) - swing * Math.cos(heading),
    };
  };
}
