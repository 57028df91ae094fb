import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Box, iou } from '../../src/inference/box.ts';
import type { Size } from '../../src/inference/letterbox.ts';
import type { DrawnBox } from '../../src/inference/overlay/boxes.ts';
import { type Label, makeLabels } from '../../src/inference/overlay/labels.ts';
import { sizesOf } from '../../src/inference/overlay/sizes.ts';

/** About what Inter has. */
const measure = (text: string, sizePx: number) => text.length * sizePx * 0.56;
const sceneOf = (frame: Size, taken: readonly Box[] = []) => ({
  frame,
  sizes: sizesOf(frame),
  measure,
  taken,
  avoided: [],
});
const hd = { width: 1280, height: 720 };
const place = (boxes: readonly DrawnBox[], frame: Size = hd, taken: readonly Box[] = []) =>
  makeLabels().place(boxes, sceneOf(frame, taken));

const overlapping = (labels: readonly Box[]) =>
  labels.flatMap((a, i) => labels.slice(i + 1).filter((b) => iou(a, b) > 0));
const outside = (labels: readonly Box[], { width, height }: Size) =>
  labels.filter(({ x1, y1, x2, y2 }) => x1 < 0 || y1 < 0 || x2 > width || y2 > height);

/** People of up to a tenth of the frame, also half outside it, and in heaps. */
const boxIn = ({ width, height }: Size, id: number) =>
  fc
    .record({
      x: fc.double({ min: -0.05, max: 1.02, noNaN: true }),
      y: fc.double({ min: -0.05, max: 1.02, noNaN: true }),
      size: fc.double({ min: 0.02, max: 0.1, noNaN: true }),
      label: fc.constantFrom('red', 'blue', 'yellow', 'black', 'goalkeeper'),
    })
    .map(({ x, y, size, label }) => {
      const [x1, y1] = [x * width, y * height];
      return { label, track_id: id, x1, y1, x2: x1 + (size * height) / 2.4, y2: y1 + size * height };
    });

const manyIn = (frame: Size, count: number) =>
  fc.tuple(...Array.from({ length: count }, (_, id) => boxIn(frame, id + 1)));

describe('labels', () => {
  test.each([{ width: 640, height: 360 }, hd, { width: 720, height: 1280 }, { width: 3840, height: 2160 }])(
    'of 22 boxes at $width × $height never cover each other, and all are there',
    (frame) => {
      fc.assert(
        fc.property(manyIn(frame, 22), (boxes) => {
          const labels = place(boxes, frame);
          const inFrame = boxes.filter(
            ({ x1, y1, x2, y2 }) => x2 >= 0 && y2 >= 0 && x1 <= frame.width && y1 <= frame.height,
          );
          expect(overlapping(labels)).toEqual([]);
          expect(outside(labels, frame)).toEqual([]);
          expect(labels).toHaveLength(inFrame.length);
        }),
        { numRuns: 40 },
      );
    },
  );

  test('of a frame without room are left out rather than laid over each other', () => {
    const frame = { width: 90, height: 60 };
    fc.assert(
      fc.property(manyIn(frame, 22), (boxes) => {
        const labels = place(boxes, frame);
        expect(overlapping(labels)).toEqual([]);
        expect(outside(labels, frame)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('do not stand where something else is drawn', () => {
    const radar = { x1: 480, y1: 500, x2: 800, y2: 720 };
    fc.assert(
      fc.property(manyIn(hd, 22), (boxes) => {
        expect(place(boxes, hd, [radar]).filter((label) => iou(label, radar) > 0)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('take any numbers', () => {
    const anything = fc.record({
      label: fc.string(),
      x1: fc.double(),
      y1: fc.double(),
      x2: fc.double(),
      y2: fc.double(),
    });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 12 }), (boxes) => {
        expect(outside(place(boxes), hd)).toEqual([]);
      }),
    );
  });
});

describe('a label', () => {
  const person = { label: 'red', track_id: 7, x1: 600, y1: 300, x2: 630, y2: 370 };
  const only = (labels: readonly Label[]) => labels[0] ?? { x1: 0, y1: 0, x2: 0, y2: 0, text: '' };

  test('stands above its box, in its middle', () => {
    const { x1, x2, y2, text } = only(place([person]));

    expect(text).toBe('#7 red');
    expect(y2).toBeLessThanOrEqual(300);
    expect(y2).toBeGreaterThan(290);
    expect((x1 + x2) / 2).toBeCloseTo(615, 0);
  });

  test('stands below a box at the top of the frame', () => {
    expect(only(place([{ ...person, y1: 2, y2: 72 }])).y1).toBeGreaterThan(72);
  });

  test('stands inside a large box that fills the frame', () => {
    expect(only(place([{ label: 'person', x1: 0, y1: 0, x2: 1280, y2: 720 }]))).toMatchObject({ x1: 0, y1: 0 });
  });

  test('does not stand inside a text that was read, and says the text', () => {
    const label = only(place([{ label: 'text', text: '67:11', x1: 600, y1: 300, x2: 900, y2: 400 }]));

    expect(label.text).toBe('67:11');
    expect(label.y2).toBeLessThanOrEqual(300);
  });

  test('of a box outside the frame is not there', () => {
    expect(place([{ ...person, x1: 1400, x2: 1430 }])).toEqual([]);
  });

  test('that had to go away has a line to its box', () => {
    const heap = Array.from({ length: 14 }, (_, i) => ({ ...person, track_id: i }));
    const apart = place(heap).filter(({ leader }) => leader !== undefined);

    expect(apart.length).toBeGreaterThan(0);
    expect(apart[0]?.leader?.[1]).toSatisfy(({ x }: { x: number }) => x >= 600 && x <= 630);
  });

  test('keeps its side when what was in its way has gone', () => {
    const labels = makeLabels();
    const inTheWay = { ...person, track_id: 8, y1: 225, y2: 295 };
    const [first] = labels.place([person, inTheWay], sceneOf(hd));
    const [second] = labels.place([person], sceneOf(hd));

    expect(first?.y1).toBeGreaterThan(370);
    expect(second).toEqual(first);
  });

  test('is cut where it is long, and on one line', () => {
    expect(only(place([{ ...person, label: 'word\n'.repeat(20) }])).text).toBe('#7 word word word word word…');
  });
});

test.each([
  [{ width: 640, height: 360 }, 11],
  [{ width: 320, height: 180 }, 11],
  [{ width: 1280, height: 720 }, 13],
  [{ width: 1080, height: 1920 }, 20],
  [{ width: 3840, height: 2160 }, 39],
])('letters are of a size that can be read: $0.height', (frame, textPx) => {
  expect(sizesOf(frame).textPx).toBe(textPx);
});
