import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { letterboxOf, makeFitter } from '../../src/inference/letterbox.ts';
import { makeOverlay } from '../../src/inference/overlay/draw.ts';
import { overlayFont } from '../../src/inference/overlay/font.ts';

/** In this one lines are 2 px wide. */
const frameSize = { width: 720, height: 720 };
const size = { width: 100, height: 80 };
const black = ({ width, height } = size) => new Uint8Array(width * height * 4).map((_, i) => (i % 4 === 3 ? 255 : 0));
const frame = (index = 0) => ({ ...frameSize, index, rgba: black(frameSize) });
const pixel = (rgba: Uint8Array, x: number, y: number, { width } = frameSize) => [
  ...rgba.subarray((y * width + x) * 4).subarray(0, 3),
];

describe('the overlay', () => {
  test('draws a box in the colour of its label, and leaves the rest', () => {
    const drawn = makeOverlay().draw(frame(), [{ label: 'red', track_id: 7, x1: 20, y1: 30, x2: 60, y2: 70 }]);

    expect(pixel(drawn.rgba, 20, 50)).toEqual([213, 94, 0]);
    expect(pixel(drawn.rgba, 40, 50)).toEqual([0, 0, 0]);
    expect(pixel(drawn.rgba, 90, 10)).toEqual([0, 0, 0]);
  });

  test('begins every frame anew', () => {
    const overlay = makeOverlay();
    overlay.draw(frame(), [{ label: 'red', x1: 20, y1: 30, x2: 60, y2: 70 }]);

    expect(pixel(overlay.draw(frame(1), []).rgba, 20, 50)).toEqual([0, 0, 0]);
  });

  test('draws a box that reaches out of the frame', () => {
    const drawn = makeOverlay().draw(frame(), [{ label: 'blue', x1: -20, y1: -10, x2: 30, y2: 40 }]);
    expect(pixel(drawn.rgba, 30, 35)).toEqual([86, 180, 233]);
  });

  test('takes a frame of another size than the one before', () => {
    const overlay = makeOverlay();
    overlay.draw(frame(), []);
    const drawn = overlay.draw({ index: 1, width: 3, height: 2, rgba: new Uint8Array(24).fill(255) }, []);

    expect(drawn).toMatchObject({ width: 3, height: 2 });
    expect([...drawn.rgba]).toEqual(Array(24).fill(255));
  });

  test('writes its labels in the bundled font, whatever fonts the machine has', () => {
    const context = createCanvas(1, 1).getContext('2d');
    context.font = overlayFont(13);
    const widths = ['#7 player', 'Ωμέγα', 'Игрок'].map((text) => context.measureText(text).width);

    expect(widths).toEqual([58.15, 41.78, 39.24].map((width) => expect.closeTo(width, 1)));
  });

  test('draws a label that can be seen, also on the second frame', () => {
    const overlay = makeOverlay();
    const boxes = [{ label: 'red', x1: 20, y1: 30, x2: 60, y2: 70 }];
    overlay.draw({ index: 1, width: 3, height: 2, rgba: new Uint8Array(24).fill(255) }, boxes);
    const { rgba } = overlay.draw(frame(), boxes);
    const dark = Array.from({ length: 300 }, (_, i) => pixel(rgba, 22 + (i % 30), 16 + Math.floor(i / 30))).filter(
      ([red = 255]) => red < 60,
    );

    expect(dark.length).toBeGreaterThan(20);
  });
});

describe('the letterbox', () => {
  test('passes a frame that fits as it is', () => {
    const rgba = black();
    expect(makeFitter(size, size)(rgba)).toBe(rgba);
  });

  test('centres a frame of another shape between grey bars', () => {
    const fitted = makeFitter(size, { width: 100, height: 160 })(black());

    expect(letterboxOf(size, { width: 100, height: 160 })).toEqual({
      frame: size,
      scale: 1,
      scaleY: 1,
      left: 0,
      top: 40,
    });
    expect(pixel(fitted, 50, 20, size)).toEqual([114, 114, 114]);
    expect(pixel(fitted, 50, 80, size)).toEqual([0, 0, 0]);
  });
});
