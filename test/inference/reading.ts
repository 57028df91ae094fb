import { createCanvas } from '@napi-rs/canvas';
import type { TrackedDetection } from '../../src/inference/tool-run.ts';
import type { SceneText } from './football.ts';

const sampleUrl = (name: string) => new URL(`../../samples/${name}`, import.meta.url).href;

interface DigitsModule {
  drawDigits(context: unknown, text: string, place: { x: number; y: number; digitHeightPx: number }): SceneText;
}

interface RandomModule {
  randomNumbers(seed: number): () => number;
  addNoise(rgba: Uint8ClampedArray, seed: number, amplitude: number): void;
}

const { drawDigits } = (await import(sampleUrl('digits.mjs'))) as unknown as DigitsModule;
const { randomNumbers, addNoise } = (await import(sampleUrl('random.mjs'))) as RandomModule;

interface Sheet {
  readonly seed: number;
  readonly digitHeightPx: number;
  /** Standard deviation, in heights of a digit. */
  readonly blur?: number;
  /** The largest change of a channel, 0 to 255. */
  readonly noise?: number;
}

const width = 1280;
const height = 720;
const columns = 4;
const rows = 3;

/** A frame with twelve random clocks and numbers, not quite at whole pixels. */
export function drawSheet({ seed, digitHeightPx, blur = 0, noise = 0 }: Sheet) {
  const random = randomNumbers(seed);
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#283040';
  context.fillRect(0, 0, width, height);
  const texts = Array.from({ length: columns * rows }, (_, i) => {
    const x = ((i % columns) + 0.5) * (width / columns) + random();
    const y = (Math.floor(i / columns) + 0.5) * (height / rows) + random();
    const text = i % 3 === 2 ? `${1 + Math.floor(random() * 9)}${digits(1)}` : `${digits(2)}:${digits(2)}`;
    return drawDigits(context, text, { x, y, digitHeightPx });
  });
  // One filter over the whole sheet: one a character would take a second each.
  context.filter = blur === 0 ? 'none' : `blur(${blur * digitHeightPx}px)`;
  if (blur > 0) context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  addNoise(data, seed, noise);
  return { texts, picture: { width, height, rgba: new Uint8Array(data.buffer) } };
}

/** How many characters there are, and how many of them were read at their places. */
export function countRead(texts: readonly SceneText[], found: readonly TrackedDetection[]) {
  const read = texts.map(({ text, box }) => ({ text, found: textAt(box, found) }));
  const right = read.map((one) => [...one.text].filter((character, i) => one.found[i] === character).length);
  return { total: read.reduce((sum, { text }) => sum + text.length, 0), right: right.reduce((a, b) => a + b, 0) };
}

export const sumOf = (counts: readonly { readonly total: number; readonly right: number }[]) => ({
  right: counts.reduce((sum, { right }) => sum + right, 0),
  total: counts.reduce((sum, { total }) => sum + total, 0),
});

function textAt([x1, y1, x2, y2]: SceneText['box'], found: readonly TrackedDetection[]): string {
  const at = found.find((one) => Math.hypot(x1 + x2 - one.x1 - one.x2, y1 + y2 - one.y1 - one.y2) / 2 < (y2 - y1) / 2);
  return at?.text ?? '';
}
