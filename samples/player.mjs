import { drawDigits } from './digits.mjs';

/** @typedef {import('@napi-rs/canvas').SKRSContext2D} Context */

const skin = '#c89070';
const hair = '#2a1a10';
const shadow = 'rgba(10, 40, 10, 0.45)';

/** Kits by class: two teams, two goalkeepers in yellow, a referee in black. */
export const kits = {
  red: { shirt: '#d0202a', shorts: '#f0f0f0', socks: '#d0202a' },
  blue: { shirt: '#2444c8', shorts: '#1a2f90', socks: '#e8e8f0' },
  yellow: { shirt: '#e8d820', shorts: '#202020', socks: '#e8d820' },
  black: { shirt: '#141414', shorts: '#141414', socks: '#141414' },
};

/**
 * Draws a running player in units of the own height, feet at (x, y).
 * @param {Context} context
 * @param {{ x: number, y: number, heightPx: number, kit: typeof kits.red, stride: number }} player `stride`: phase, radians
 */
export function drawPlayer(context, { x, y, heightPx, kit, stride }) {
  const swing = Math.sin(stride) * 0.09;
  context.save();
  context.translate(x, y);
  context.scale(heightPx, -heightPx);
  context.lineCap = 'round';
  ellipse(context, shadow, 0.08, 0, 0.2, 0.05);
  for (const foot of [0.06 + swing, -0.06 - swing]) {
    limb(context, skin, 0.075, [foot * 0.4, 0.42], [foot, 0.2]);
    limb(context, kit.socks, 0.075, [foot, 0.2], [foot * 1.1, 0.03]);
  }
  context.fillStyle = kit.shorts;
  context.fillRect(-0.12, 0.36, 0.24, 0.16);
  context.fillStyle = kit.shirt;
  context.fillRect(-0.13, 0.5, 0.26, 0.34);
  for (const side of [-1, 1]) {
    limb(context, kit.shirt, 0.075, [side * 0.13, 0.8], [side * 0.17, 0.66]);
    limb(context, skin, 0.05, [side * 0.17, 0.66], [side * 0.17 - side * swing * 0.5, 0.52]);
  }
  ellipse(context, skin, 0, 0.915, 0.075, 0.075);
  ellipse(context, hair, 0, 0.94, 0.062, 0.062, Math.PI);
  context.restore();
}

/**
 * The number on the shirt of the player above.
 * @param {Context} context
 * @param {{ x: number, y: number, heightPx: number, number: number }} player
 * @returns {{ text: string, box: number[] }}
 */
export function drawNumber(context, { x, y, heightPx, number }) {
  const text = String(number);
  const digitHeightPx = heightPx * (text.length === 1 ? 0.2 : 0.14);
  return drawDigits(context, text, { x, y: y - 0.67 * heightPx, digitHeightPx });
}

/** @param {Context} context */
function limb(context, colour, width, from, to) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** @param {Context} context */
function ellipse(context, colour, x, y, radiusX, radiusY, endAngle = 2 * Math.PI) {
  context.fillStyle = colour;
  context.beginPath();
  context.ellipse(x, y, radiusX, radiusY, 0, 0, endAngle);
  context.fill();
}
