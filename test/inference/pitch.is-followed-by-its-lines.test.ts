import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { letterboxOf } from '../../src/inference/letterbox.ts';
import { makePitchFinder, type PitchLine, pitchLines } from '../../src/inference/pitch/index.ts';
import { frame, lawPitch, type View, viewFrom, views } from './cameras.ts';
import { emptyMap, mapOf, saidOf, size, whole } from './line-maps.ts';

const newFinder = () => makePitchFinder(lawPitch, frame);
const television = viewFrom([50, -32, 20], [55, 30, 0], 1600);
const elsewhere = viewFrom([62, -34, 18], [45, 30, 0], 1500);
/** A camera that turns to and fro, frame by frame. */
const turning = Array.from({ length: 20 }, (_, i) => viewFrom([50, -32, 20], [55 + 3 * Math.sin(i / 6), 30, 0], 1600));

const noLines = 'no lines of a pitch are seen';
const notTold = 'the lines that are seen are not told: a centre circle, the halfway line and a touchline are needed';

describe('the pitch is found', () => {
  test('from the centre circle, the halfway line and a touchline, and holds against all lines', () => {
    const fit = newFinder()(mapOf(television), whole);

    expect(saidOf(fit, television)).toBe('right');
    expect(fit).toMatchObject({ accepted: true, pitch: lawPitch, residualM: expect.any(Number) });
    expect(fit.keyPoints.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['halfway-far', 'circle-near', 'circle-far', 'circle-left', 'circle-right']),
    );
    expect(fit.inlierCount).toBeGreaterThan(4);
  });

  test('again in each frame of a camera that turns', () => {
    const find = newFinder();

    expect(turning.map((view) => saidOf(find(mapOf(view), whole), view))).toEqual(turning.map(() => 'right'));
  });

  test('anew after a cut to another camera', () => {
    const find = newFinder();
    const cuts = [television, elsewhere, television];

    expect(cuts.map((view) => saidOf(find(mapOf(view), whole), view))).toEqual(cuts.map(() => 'right'));
  });

  test('where it is, and nowhere else, after a cut to any camera that looks nearly there', () => {
    const nearby = (i: number) => viewFrom([50, -32, 20], [55 + ((i * 7) % 23) - 11, 30 + ((i * 5) % 9) - 4, 0], 1600);
    const find = newFinder();
    const cuts = Array.from({ length: 40 }, (_, i) => nearby(i));
    const said = cuts.map((view) => saidOf(find(mapOf(view), whole), view));

    expect(said.filter((one) => one.startsWith('off'))).toEqual([]);
    expect(said.filter((one) => one === 'right').length).toBeGreaterThan(30);
  });

  test('by the model’s input, for a frame of any other size', () => {
    const large = { width: 1920, height: 1200 };
    const letterbox = letterboxOf(large, frame);
    const { scale, left, top } = letterbox;
    const inLarge: View = (ground) => {
      const { x, y, pxPerMetre } = television(ground);
      return { x: (x - left) / scale, y: (y - top) / scale, pxPerMetre };
    };
    const fit = newFinder()(mapOf(television), letterbox);

    expect(saidOf(fit, inLarge)).toBe('right');
  });

  test('though a fifth of its lines is hidden', () => {
    const map = mapOf(television);
    const values = map.values.map((cover, at) => (Math.floor((at % size.width) / 16) % 5 === 0 ? 0 : cover));

    expect(saidOf(newFinder()({ ...map, values }, whole), television)).toBe('right');
  });

  test('for most cameras that see the middle of the pitch, and wherever it is said to be, it is', () => {
    const cameras = fc.sample(views, { seed: 12, numRuns: 60 });
    const said = cameras.map((view) => saidOf(newFinder()(mapOf(view), whole), view));
    const seeing = said.filter((_, i) => cameras.slice(i, i + 1).some(seesTheMiddle));

    expect(said.filter((one) => one.startsWith('off'))).toEqual([]);
    expect(seeing.length).toBeGreaterThan(15);
    expect(seeing.filter((one) => one === 'right').length / seeing.length).toBeGreaterThan(0.6);
  });
});

/** The whole circle, and the far end of the halfway line. */
function seesTheMiddle(view: View): boolean {
  const places = [
    { x: 42, y: 34 },
    { x: 63, y: 34 },
    { x: 52.5, y: 24 },
    { x: 52.5, y: 69 },
  ];
  return places.map(view).every(({ x, y }) => x > 20 && y > 20 && x < frame.width - 20 && y < frame.height - 20);
}

const linesWithout = (name: RegExp): readonly PitchLine[] =>
  pitchLines(lawPitch).filter((line) => !name.test(line.name));

describe('no pitch is found', () => {
  test.each([
    ['in a frame without lines', emptyMap(), noLines],
    ['where the model gives no numbers', { ...size, values: emptyMap().values.fill(Number.NaN) }, noLines],
    ['in a frame that is full of lines', { ...size, values: emptyMap().values.fill(1) }, noLines],
    ['without the centre circle', mapOf(television, linesWithout(/circle/)), notTold],
    ['without the halfway line', mapOf(television, linesWithout(/halfway/)), notTold],
    ['without a touchline', mapOf(television, linesWithout(/touchline/)), notTold],
    ['in the half of a goal', mapOf(viewFrom([20, -32, 20], [5, 30, 0], 1600)), notTold],
  ])('%s', (_, map, reason) => {
    expect(newFinder()(map, whole)).toEqual({
      ...{ accepted: false, pitch: lawPitch, keyPoints: [], inlierCount: 0, reason },
    });
  });

  test('in empty frames between others, each of which says so', () => {
    const find = newFinder();
    const fits = [mapOf(television), emptyMap(), emptyMap(), mapOf(television)].map((map) => find(map, whole));

    expect(fits.map((fit) => saidOf(fit, television))).toEqual(['right', noLines, noLines, 'right']);
  });

  test('any more where the camera went so near that the lines left say too little, and never a wrong one', () => {
    const find = newFinder();
    const nearing = Array.from({ length: 60 }, (_, i) => viewFrom([50, -32, 20], [53, 32, 0], 1600 * 1.025 ** i));
    const said = nearing.map((view) => saidOf(find(mapOf(view), whole), view));

    expect(said.filter((one) => one.startsWith('off'))).toEqual([]);
    expect(said.slice(0, 10)).toEqual(Array(10).fill('right'));
    expect(said).toContain('the lines that are seen leave open how the pitch lies');
    expect(said.at(-1)).not.toBe('right');
  });

  test('in lines that chance threw', () => {
    const lines = fc.array(
      fc.record({
        from: fc.record({ x: fc.integer({ min: 0, max: 105 }), y: fc.integer({ min: 0, max: 68 }) }),
        to: fc.record({ x: fc.integer({ min: 0, max: 105 }), y: fc.integer({ min: 0, max: 68 }) }),
      }),
      { minLength: 4, maxLength: 12 },
    );
    const circle = pitchLines(lawPitch).filter(({ name }) => name === 'circle');
    fc.assert(
      fc.property(lines, (all) => {
        const map = mapOf(television, [...circle, ...all.map((line) => ({ name: 'a line', ...line }))]);
        return !newFinder()(map, whole).accepted;
      }),
      { seed: 13, numRuns: 25, endOnFailure: true },
    );
  });
});
