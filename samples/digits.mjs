import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';

/** @typedef {import('@napi-rs/canvas').SKRSContext2D} Context */

const family = 'Digits';
const file = '@fontsource/inter/files/inter-latin-600-normal.woff2';
const font = readFileSync(createRequire(import.meta.url).resolve(file));
if (GlobalFonts.register(font, family) === null) throw new Error(`the canvas refuses ${file}`);

/** Digits of the font are so high, and stand so far apart, in sizes of the font. */
const digitHeightEm = 0.727;
const pitchEm = 0.64;

/**
 * Draws digits of one width each, as scoreboards do, around the middle (x, y).
 * @param {Context} context
 * @param {string} text
 * @param {{ x: number, y: number, digitHeightPx: number, colour?: string }} place
 * @returns {{ text: string, box: number[] }}
 */
export function drawDigits(context, text, { x, y, digitHeightPx, colour = '#ffffff' }) {
  const sizePx = digitHeightPx / digitHeightEm;
  const pitch = pitchEm * sizePx;
  context.font = `600 ${sizePx}px "${family}"`;
  context.textAlign = 'center';
  context.fillStyle = colour;
  const left = x - (pitch * text.length) / 2;
  [...text].forEach((character, i) => {
    context.fillText(character, left + (i + 0.5) * pitch, y + digitHeightPx / 2);
  });
  return { text, box: [left, y - digitHeightPx / 2, left + pitch * text.length, y + digitHeightPx / 2] };
}
