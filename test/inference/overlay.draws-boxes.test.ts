import { describe, expect, test } from 'vitest';
import { letterboxOf, makeFitter } from '../../src/inference/letterbox.ts';
import { makeOverlay } from '../../src/inference/overlay/draw.ts';
import { canDrawText } from '../../src/inference/overlay/font.ts';

const size = { width: 100, height: 80 };
const black = () => new Uint8Array(size.width * size.height * 4).map((_, i) => (i % 4 === 3 ? 255 : 0));
const pixel = (rgba: Uint8Array, x: number, y: number) => [...rgba.subarray((y * size.width + x) * 4).subarray(0, 3)];

describe('the overlay', () => {
  test('draws a box in the colour of its label, and leaves the rest', () => {
    const drawn = makeOverlay(size).draw(black(), [{ label: 'red', track_id: 7, x1: 20, y1: 30, x2: 60, y2: 70 }]);

    expect(pixel(drawn, 20, 50)).toEqual([255, 48, 64]);
    expect(pixel(drawn, 40, 50)).toEqual([0, 0, 0]);
    expect(pixel(drawn, 90, 10)).toEqual([0, 0, 0]);
  });

  test('begins every frame anew', () => {
    const overlay = makeOverlay(size);
    overlay.draw(black(), [{ label: 'red', x1: 20, y1: 30, x2: 60, y2: 70 }]);

    expect(pixel(overlay.draw(black(), []), 20, 50)).toEqual([0, 0, 0]);
  });

  test('draws a box that reaches out of the frame', () => {
    const drawn = makeOverlay(size).draw(black(), [{ label: 'blue', x1: -20, y1: -10, x2: 30, y2: 40 }]);
    expect(pixel(drawn, 29, 30)).toEqual([79, 140, 255]);
  });

  test('gives the frame drawn last as PNG', async () => {
    const overlay = makeOverlay(size);
    overlay.draw(black(), []);
    expect([...(await overlay.png()).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });
});

test('a canvas without fonts is found out', () => {
  expect(canDrawText({ font: '', measureText: () => ({ width: 0 }) }, '13px sans-serif')).toBe(false);
  expect(canDrawText({ font: '', measureText: () => ({ width: 9 }) }, '13px sans-serif')).toBe(true);
});

describe('the letterbox', () => {
  test('passes a frame that fits as it is', () => {
    const rgba = black();
    expect(makeFitter(size, size)(rgba)).toBe(rgba);
  });

  test('centres a frame of another shape between grey bars', () => {
    const fitted = makeFitter(size, { width: 100, height: 160 })(black());

    expect(letterboxOf(size, { width: 100, height: 160 })).toEqual({ frame: size, scale: 1, left: 0, top: 40 });
    expect(pixel(fitted, 50, 20)).toEqual([114, 114, 114]);
    expect(pixel(fitted, 50, 80)).toEqual([0, 0, 0]);
  });
});
