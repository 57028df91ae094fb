import { pitchLines, pitchSpots } from './pitch.mjs';

/** @typedef {import('@napi-rs/canvas').SKRSContext2D} Context */
/** @typedef {import('./pitch.mjs').Point} Point */
/** @typedef {ReturnType<typeof import('./camera.mjs').makeCamera>} Camera */

const crowdColours = ['#b03030', '#3040a0', '#c8c8c8', '#d0b040', '#202020', '#806050', '#a0a0b0'];
const boardColours = ['#102060', '#e0e0e0', '#a01818', '#f0d000'];
const grassColours = ['#378034', '#3f8a3a'];
const lineColour = '#f2f6f2';
const lineWidthM = 0.11;
const stripeM = 5;
const stripes = Array.from({ length: 30 }, (_, i) => (i - 4) * stripeM);

/**
 * Spectators on a stand that rises behind the far side, 9000 of them.
 * @param {() => number} random
 */
export function makeCrowd(random) {
  return Array.from({ length: 9000 }, () => {
    const row = random();
    return {
      /** @type {Point} */
      seat: [-25 + random() * 155, 73 + row * 24, 1 + row * 15],
      colour: crowdColours[Math.floor(random() * crowdColours.length)],
      width: 3 + random() * 3,
      height: 3 + random() * 4,
    };
  });
}

/**
 * Everything that does not run: stand, boards, grass, lines.
 * @param {Context} context
 * @param {Camera} camera
 * @param {ReturnType<typeof makeCrowd>} crowd
 */
export function drawStadium(context, camera, crowd) {
  context.fillStyle = '#3a3a44';
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  for (const { seat, colour, width, height } of crowd) {
    const { x, y } = camera(seat);
    context.fillStyle = colour;
    context.fillRect(x, y, width, height);
  }
  stripes.forEach((x, i) => {
    const ground = corners([x, -8, 0], [x + stripeM, 72, 0]);
    const board = corners([x, 72, 0], [x + stripeM, 72, 1]);
    fill(context, camera, ground, grassColours[i % grassColours.length]);
    fill(context, camera, board, boardColours[i % boardColours.length]);
  });
  drawLines(context, camera);
}

/**
 * The four corners of a stripe between two opposite ones, on the ground or upright.
 * @returns {Point[]}
 */
function corners([x1, y1, z1], [x2, y2, z2]) {
  return [
    [x1, y1, z1],
    [x2, y1, z1],
    [x2, y2, z2],
    [x1, y2, z2],
  ];
}

function drawLines(context, camera) {
  const [, middle] = pitchSpots();
  context.strokeStyle = lineColour;
  context.lineWidth = Math.max(1.5, lineWidthM * camera(middle).pxPerMetre);
  for (const line of pitchLines()) {
    trace(context, camera, line);
    context.stroke();
  }
  context.fillStyle = lineColour;
  for (const spot of pitchSpots()) {
    const { x, y, pxPerMetre } = camera(spot);
    context.beginPath();
    context.ellipse(x, y, 0.12 * pxPerMetre, 0.05 * pxPerMetre, 0, 0, 2 * Math.PI);
    context.fill();
  }
}

function fill(context, camera, points, colour) {
  trace(context, camera, points);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}

function trace(context, camera, points) {
  context.beginPath();
  for (const point of points) {
    const { x, y } = camera(point);
    context.lineTo(x, y);
  }
}
