import { createCanvas } from '@napi-rs/canvas';
import { makeCamera } from './camera.mjs';
import { makeCast } from './cast.mjs';
import { drawNumber, drawPlayer, kits } from './player.mjs';
import { addNoise, randomNumbers } from './random.mjs';
import { drawScoreboard } from './scoreboard.mjs';
import { drawStadium, makeCrowd } from './stadium.mjs';

export const width = 1280;
export const height = 720;
const focalPx = 1600;
const noiseAmplitude = 8;
const playerHeightM = 1.82;
const ballRadiusM = 0.125;
const ballRadiusPxMin = 2.6;
/** Further away numbers could not be read, and are not drawn. */
const numberedHeightPx = 50;
/** Lower digits are there, and not expected to be read. */
const readableHeightPx = 9.9;

/**
 * A synthetic football scene as a television camera sees it. The same seed gives the same match.
 * @param {number} seed
 * @typedef {{ id: number, label: string, box: number[], place: { x: number, y: number } }} SceneObject place in metres
 * @typedef {{ text: string, box: number[] }} SceneText
 * @returns {(timeMs: number) => {
 *   rgba: Uint8ClampedArray, objects: SceneObject[], texts: SceneText[],
 *   camera: ReturnType<typeof makeCamera>
 * }} the camera with it, which knows where each place of the pitch is in the picture
 */
export function makeScene(seed) {
  const random = randomNumbers(seed);
  const cameraX = 52.5 + (random() - 0.5) * 30;
  const lookX = 52.5 + (random() - 0.5) * 24;
  const cast = makeCast(random);
  const crowd = makeCrowd(random);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');

  return (timeMs) => {
    const timeS = timeMs / 1000;
    const towards = [lookX + 3 * Math.sin(timeS * 0.5), 30, 0];
    const camera = makeCamera({ at: [cameraX, -32, 20], towards, focalPx, width, height });
    drawStadium(context, camera, crowd);
    const { objects, numbers } = drawCast(context, camera, cast, timeS);
    const texts = [...numbers, ...drawScoreboard(context, timeS)].map(({ text, box }) => ({ text, box: rounded(box) }));
    const rgba = context.getImageData(0, 0, width, height).data;
    addNoise(rgba, seed * 1009 + timeMs, noiseAmplitude);
    return { rgba, objects, texts, camera };
  };
}

/** Draws from the far side to the near one; gives what is at least half in the picture, with its place, and the numbers. */
function drawCast(context, camera, cast, timeS) {
  const places = cast.map((actor) => ({ ...actor, ...actor.at(timeS) }));
  const order = places.toSorted((a, b) => Number(a.label === 'ball') - Number(b.label === 'ball') || b.y - a.y);
  const drawn = order.map((actor) =>
    actor.label === 'ball' ? drawBall(context, camera, actor) : drawRunner(context, camera, actor, timeS),
  );
  const boxes = order.map(({ id, label, x, y }, i) => ({ id, label, box: rounded(drawn[i].box), place: { x, y } }));
  const numbers = drawn.flatMap(({ number }, i) => (isReadable(number, drawn.slice(i + 1)) ? [number] : []));
  return { objects: boxes.filter(({ box }) => isHalfVisible(box)).toSorted((a, b) => a.id - b.id), numbers };
}

const rounded = (box) => box.map((v) => Math.round(v * 10) / 10);

/** A number is read where it is large enough, in the picture, and nobody runs before it. */
function isReadable(number, nearer) {
  if (number === undefined) return false;
  const [x1, y1, x2, y2] = number.box;
  const isHidden = nearer.some(({ box }) => box[0] < x2 && box[2] > x1 && box[1] < y2 && box[3] > y1);
  return !isHidden && y2 - y1 >= readableHeightPx && x1 > 0 && y1 > 0 && x2 < width && y2 < height;
}

function drawRunner(context, camera, actor, timeS) {
  const feet = camera([actor.x, actor.y, 0]);
  const heightPx = feet.y - camera([actor.x, actor.y, playerHeightM]).y;
  const stride = actor.stride + timeS * 6;
  drawPlayer(context, { x: feet.x, y: feet.y, heightPx, kit: kits[actor.label], stride });
  const { number } = actor;
  const isNumbered = number !== undefined && heightPx >= numberedHeightPx;
  const shirt = isNumbered ? drawNumber(context, { x: feet.x, y: feet.y, heightPx, number }) : undefined;
  const box = [feet.x - 0.21 * heightPx, feet.y - heightPx, feet.x + 0.21 * heightPx, feet.y];
  return { box, number: shirt };
}

function drawBall(context, camera, actor) {
  const { x, y, pxPerMetre } = camera([actor.x, actor.y, 0.11]);
  const radius = Math.max(ballRadiusPxMin, ballRadiusM * pxPerMetre);
  context.fillStyle = 'rgba(10, 40, 10, 0.5)';
  context.beginPath();
  context.ellipse(x + 2, y + radius, radius, radius * 0.35, 0, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#fafafa';
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  return { box: [x - radius, y - radius, x + radius, y + radius] };
}

function isHalfVisible([x1, y1, x2, y2]) {
  const visibleX = Math.min(x2, width) - Math.max(x1, 0);
  const visibleY = Math.min(y2, height) - Math.max(y1, 0);
  return visibleX > 0 && visibleY > 0 && visibleX * visibleY >= ((x2 - x1) * (y2 - y1)) / 2;
}
