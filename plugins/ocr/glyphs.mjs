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
 * How a character may be that lies at a place: between two px, between two of the sizes that are looked at, and out of focus.
 * `blurPx`: standard deviation.
 */
const variants = [-0.33, 0.33].flatMap((x) =>
  [-0.33, 0.33].flatMap((y) => [0.94, 1.06].flatMap((size) => [0, 0.9].map((blurPx) => ({ x, y, size, blurPx })))),
);
export const variantCount = variants.length;

const plain = { x: 0, y: 0, size: 1, blurPx: 0 };

/**
 * The template of each character, as if it were white on black: its mean is 0 and its length 1, so that its sum with
 * a picture, over the picture's deviation, is their correlation.
 * @returns {number[][]} rows of a template one after the other
 */
export const makeTemplates = () => templatesOf(plain);

/** The same for each variant, one after the other. */
export const makeVariants = () => variants.flatMap(templatesOf);

function templatesOf(variant) {
  registerFont();
  return [...alphabet].map((character) => normalised(drawInk(character, variant)));
}

function normalised(values) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const length = Math.hypot(...values.map((v) => v - mean));
  return values.map((v) => (v - mean) / length);
}

function registerFont() {
  const font = readFileSync(createRequire(import.meta.url).resolve(fontFile));
  if (GlobalFonts.register(font, family) === null) throw new Error(`the canvas refuses ${fontFile}`);
}

/** How much of each pixel is ink, 0 to 1. */
function drawInk(character, { x, y, size, blurPx }) {
  const width = template.width * samples;
  const height = template.height * samples;
  const heightPx = digitHeightPx * size;
  const context = createCanvas(width, height).getContext('2d');
  context.font = `600 ${(heightPx / digitHeightEm) * samples}px "${family}"`;
  context.textAlign = 'center';
  context.fillStyle = 'black';
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'white';
  context.fillText(character, width / 2 + x * samples, (height + heightPx * samples) / 2 + y * samples);
  const { data } = context.getImageData(0, 0, width, height);
  const ink = Array(template.width * template.height).fill(0);
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const cell = Math.floor(v / samples) * template.width + Math.floor(u / samples);
      ink[cell] += data[(v * width + u) * 4] / 255 / samples ** 2;
    }
  }
  return blurPx === 0 ? ink : blur(blur(ink, blurPx, 1), blurPx, template.width);
}

/** A Gaussian along the rows (`step` 1) or down the columns (a row). Around a template all is black. */
function blur(ink, blurPx, step) {
  const reach = Math.ceil(3 * blurPx);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * blurPx ** 2)));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const lineLength = step === 1 ? template.width : template.height;
  return ink.map((_, at) => {
    const place = Math.floor(at / step) % lineLength;
    const parts = weights.map((weight, i) => {
      const to = place + i - reach;
      return to < 0 || to >= lineLength ? 0 : (weight / sum) * ink[at + (i - reach) * step];
    });
    return parts.reduce((all, part) => all + part, 0);
  });
}
