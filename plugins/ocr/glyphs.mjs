import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';

/** What is read, in the order of the model's classes. */
export const alphabet = '0123456789:';
/** Height of a digit in the templates, px. */
export const digitHeightPx = 10;
/** Size of a template, px: a digit with a margin, for what is around a digit tells it from a part of something else. */
export const template = { width: 9, height: 14 };

const family = 'OCR templates';
const fontFile = '@fontsource/inter/files/inter-latin-600-normal.woff2';
/** Digits of Inter are so high, in sizes of the font. */
const digitHeightEm = 0.727;
/** The templates are drawn so much larger and averaged, so that no hinting or rounding of a machine shows. */
const samples = 16;

/**
 * The template of each character, as if it were white on black: its mean is 0 and its length 1, so that its sum with
 * a picture, over the picture's deviation, is their correlation.
 * @returns {number[][]} rows of a template one after the other
 */
export function makeTemplates() {
  registerFont();
  return [...alphabet].map((character) => {
    const ink = drawInk(character);
    const mean = ink.reduce((sum, v) => sum + v, 0) / ink.length;
    const length = Math.hypot(...ink.map((v) => v - mean));
    return ink.map((v) => (v - mean) / length);
  });
}

function registerFont() {
  const font = readFileSync(createRequire(import.meta.url).resolve(fontFile));
  if (GlobalFonts.register(font, family) === null) throw new Error(`the canvas refuses ${fontFile}`);
}

/** How much of each pixel is ink, 0 to 1. */
function drawInk(character) {
  const width = template.width * samples;
  const height = template.height * samples;
  const context = createCanvas(width, height).getContext('2d');
  context.font = `600 ${(digitHeightPx / digitHeightEm) * samples}px "${family}"`;
  context.textAlign = 'center';
  context.fillStyle = 'black';
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'white';
  context.fillText(character, width / 2, (height + digitHeightPx * samples) / 2);
  const { data } = context.getImageData(0, 0, width, height);
  const ink = Array(template.width * template.height).fill(0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / samples) * template.width + Math.floor(x / samples);
      ink[cell] += data[(y * width + x) * 4] / 255 / samples ** 2;
    }
  }
  return ink;
}
