import { createCanvas } from '@napi-rs/canvas';
import type { Box } from '../../src/inference/box.ts';
import type { Pixels } from '../../src/inference/media/index.ts';
import { overlayFont } from '../../src/inference/overlay/font.ts';
import { contrast, type Look } from '../../src/inference/overlay/palette.ts';

/** What WCAG asks of text. */
const contrastMin = 4.5;
const digits = [...'0123456789'];

/** A label as it stands in a picture, found by the colour of its plate. */
export interface SeenLabel {
  readonly pixels: Pixels;
  readonly plate: Box;
  readonly look: Look;
}

/** Where the plate of a look is. Nothing else in the area may have just its colour. */
export function findLabel(pixels: Pixels, look: Look, area: Area): SeenLabel {
  const rows = range(area.y, area.y + area.height);
  const columns = range(area.x, area.x + area.width);
  const isPlate = (x: number, y: number) => colourAt(pixels, y * pixels.width + x) === look.colour;
  const ys = rows.filter((y) => columns.some((x) => isPlate(x, y)));
  const xs = columns.filter((x) => ys.some((y) => isPlate(x, y)));
  const plate = { x1: xs[0] ?? 0, y1: ys[0] ?? 0, x2: (xs.at(-1) ?? 0) + 1, y2: (ys.at(-1) ?? 0) + 1 };
  return { pixels, look, plate };
}

const colourAt = ({ rgba }: Pixels, i: number): string => {
  const [red = 0, green = 0, blue = 0] = rgba.subarray(4 * i, 4 * i + 3);
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`;
};

/** The height of what is written, px: of rows in which something has enough contrast with the plate. */
export function inkHeightPx({ pixels, plate, look }: SeenLabel): number {
  const columns = range(plate.x1 + 2, plate.x2 - 2);
  const rows = range(plate.y1 + 1, plate.y2 - 1);
  const isInked = (y: number) =>
    columns.some((x) => contrast(colourAt(pixels, y * pixels.width + x), look.colour) >= contrastMin);
  return rows.filter(isInked).length;
}

/** From the left end of a plate to its words, in sizes of the text. */
const marginPart = 0.34;

/**
 * The digits of a label from left to right, each told among all ten by what it looks like.
 * @returns with it how much better the least certain of them is than the next best digit, of a correlation of 1
 */
export function readDigits(label: SeenLabel, count: number, textPx: number) {
  let [text, leftPx, lead] = ['', marginPart * textPx, 1];
  for (let i = 0; i < count; i++) {
    const [best, next] = tellDigit(label, leftPx, textPx);
    text += best?.digit ?? '';
    leftPx = best?.rightPx ?? leftPx;
    lead = Math.min(lead, (best?.likeness ?? 0) - (next?.likeness ?? 0));
  }
  return { text, lead };
}

/** A reader knows neither where letters stand nor how they move together, in sizes of the text. */
const shifts = [-0.09, -0.045, 0, 0.045, 0.09];

/** All digits, the likeliest first. */
function tellDigit({ pixels, plate, look }: SeenLabel, leftPx: number, textPx: number) {
  const context = createCanvas(1, 1).getContext('2d');
  context.font = overlayFont(textPx);
  const x = Math.floor(leftPx);
  const height = plate.y2 - plate.y1;
  return digits
    .map((digit) => {
      const advancePx = context.measureText(digit).width;
      const width = Math.ceil(leftPx + advancePx) - x;
      const seen = greys(pixels, { x: plate.x1 + x, y: plate.y1, width, height });
      const tried = shifts.flatMap((right) => shifts.map((down) => [right * textPx, down * textPx] as const));
      const [best] = tried
        .map(([right, down]) => {
          const glyph = drawDigit(digit, look, textPx, { width, height, left: leftPx - x + right, down });
          return { right, likeness: correlation(seen, greys(glyph, { x: 0, y: 0, width, height })) };
        })
        .sort((a, b) => b.likeness - a.likeness);
      return { digit, rightPx: leftPx + (best?.right ?? 0) + advancePx, likeness: best?.likeness ?? 0 };
    })
    .sort((a, b) => b.likeness - a.likeness);
}

interface Cell {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly down: number;
}

function drawDigit(digit: string, look: Look, textPx: number, { width, height, left, down }: Cell): Pixels {
  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = look.colour;
  context.fillRect(0, 0, width, height);
  context.font = overlayFont(textPx);
  context.fillStyle = look.ink;
  context.fillText(digit, left, 0.75 * height + down);
  return { width, height, rgba: new Uint8Array(context.getImageData(0, 0, width, height).data.buffer) };
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const greys = ({ rgba, width }: Pixels, area: Area): readonly number[] =>
  range(0, area.width * area.height).map((i) => {
    const at = 4 * ((area.y + Math.floor(i / area.width)) * width + area.x + (i % area.width));
    return (rgba[at] ?? 0) + (rgba[at + 1] ?? 0) + (rgba[at + 2] ?? 0);
  });

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (p: readonly number[], q: readonly number[], [meanP, meanQ]: readonly [number, number]) =>
    p.reduce((sum, value, i) => sum + (value - meanP) * ((q[i] ?? 0) - meanQ), 0);
  const spread = Math.sqrt(product(a, a, [meanA, meanA]) * product(b, b, [meanB, meanB]));
  return spread === 0 ? 0 : product(a, b, [meanA, meanB]) / spread;
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
