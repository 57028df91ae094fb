import { describe, expect, test } from 'vitest';
import { makeOverlay } from '../../src/inference/overlay/draw.ts';
import { lookOf } from '../../src/inference/overlay/palette.ts';
import { sizesOf } from '../../src/inference/overlay/sizes.ts';
import { openToolRun } from './football.ts';
import { findLabel, inkHeightPx, readDigits } from './label-reader.ts';

const small = { width: 640, height: 360 };
const uhd = { width: 3840, height: 2160 };
const labels = ['red', 'yellow', 'black'] as const;

const plain = (frame: typeof small) => {
  const rgba = new Uint8Array(Buffer.alloc(frame.width * frame.height * 4, Buffer.from([70, 120, 74, 255])));
  return { ...frame, rgba, index: 0 };
};

/** A text that stands on its label, over a box in the middle. */
function drawLabel(frame: typeof small, label: string, text: string) {
  const [x1, y1] = [frame.width / 2, frame.height / 2];
  const box = { label, text, x1, y1, x2: x1 + frame.width / 30, y2: y1 + frame.height / 10 };
  const { textPx, linePx } = sizesOf(frame);
  const above = { x: x1 - 10 * textPx, y: y1 - 3 * textPx, width: 20 * textPx, height: 3 * textPx - Math.ceil(linePx) };
  return findLabel(makeOverlay({ layers: ['players'] }).draw(plain(frame), [box]), lookOf(label), above);
}

describe.each([
  ['360p', small, 8],
  ['4K', uhd, 28],
] as const)('a label at %s', (_, frame, inkPx) => {
  const written = '4071938562';
  const seen = new Map(labels.map((label) => [label, drawLabel(frame, label, written)]));

  test.each([...seen])('of %s has digits that are told from each other', (_, label) => {
    const read = readDigits(label, written.length, sizesOf(frame).textPx);

    expect(read.text).toBe(written);
    expect(read.lead).toBeGreaterThan(0.015);
  });

  test.each([...seen])('of %s has letters that are high enough, and stand out of their plate', (_, label) => {
    expect(inkHeightPx(label)).toBeGreaterThanOrEqual(inkPx);
  });

  test('is read by the plugin ocr, which was made for other letters', async () => {
    const numbers = ['17', '36', '58'];
    const boxes = numbers.map((text, i) => {
      const x1 = frame.width * (0.3 + 0.15 * i);
      return { label: 'black', text, x1, y1: frame.height / 2, x2: x1 + frame.width / 30, y2: 0.6 * frame.height };
    });
    const drawn = makeOverlay({ layers: ['players'] }).draw(plain(frame), boxes);
    const tool = await openToolRun('ocr');
    const { detections } = await tool.run(drawn);
    await tool.close();

    expect(detections.map(({ text }) => text).sort()).toEqual(numbers);
  });
});
