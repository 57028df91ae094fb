import { createCanvas } from '@napi-rs/canvas';
import { makeCamera } from './camera.mjs';
import { makeCast } from './cast.mjs';
import { drawPlayer, kits } from './player.mjs';
import { addNoise, randomNumbers } from './random.mjs';
import { drawStadium, makeCrowd } from './stadium.mjs';

export const width = 1280;
export const height = 720;
const focalPx = 1600;
const noiseAmplitude = 8;
const playerHeightM = 1.82;
const ballRadiusM = 0.125;
const ballRadiusPxMin = 2.6;

/**
 * A synthetic football scene as a television camera sees it. The same seed gives the same match.
 * @param {number} seed
 * @returns {(timeMs: number) => { rgba: Uint8ClampedArray, objects: { id: number, label: string, box: number[] }[] }}
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
    const objects = drawCast(context, camera, cast, timeS);
    const rgba = context.getImageData(0, 0, width, height).data;
    addNoise(rgba, seed * 1009 + timeMs, noiseAmplitude);
    return { rgba, objects };
  };
}

/** Draws from the far side to the near one; gives the box of everything that is at least half in the picture. */
function drawCast(context, camera, cast, timeS) {
  const places = cast.map((actor) => ({ ...actor, ...actor.at(timeS) }));
  const order = places.toSorted((a, b) => Number(a.label === 'ball') - Number(b.label === 'ball') || b.y - a.y);
  const boxes = order.map((actor) => {
    const box = actor.label === 'ball' ? drawBall(context, camera, actor) : drawRunner(context, camera, actor, timeS);
    return { id: actor.id, label: actor.label, box: box.map((v) => Math.round(v * 10) / 10) };
  });
  return boxes.filter(({ box }) => isHalfVisible(box)).toSorted((a, b) => a.id - b.id);
}

function drawRunner(context, camera, actor, timeS) {
  const feet = camera([actor.x, actor.y, 0]);
  const heightPx = feet.y - camera([actor.x, actor.y, playerHeightM]).y;
  const stride = actor.stride + timeS * 6;
  drawPlayer(context, { x: feet.x, y: feet.y, heightPx, kit: kits[actor.label], stride });
  return [feet.x - 0.21 * heightPx, feet.y - heightPx, feet.x + 0.21 * heightPx, feet.y];
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
  return [x - radius, y - radius, x + radius, y + radius];
}

function isHalfVisible([x1, y1, x2, y2]) {
  const visibleX = Math.min(x2, width) - Math.max(x1, 0);
  const visibleY = Math.min(y2, height) - Math.max(y1, 0);
  return visibleX > 0 && visibleY > 0 && visibleX * visibleY >= ((x2 - x1) * (y2 - y1)) / 2;
}
