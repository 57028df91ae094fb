import { expect, test } from 'vitest';
import { decode, decoderOptions } from '../../src/inference/decoders/index.ts';
import { normalise } from '../../src/inference/normalise/index.ts';

const options = decoderOptions.parse({
  name: 'characters',
  alphabet: '0123456789:',
  score_min: 0.5,
  texts: {
    clock: { pattern: '\\d{2}:\\d{2}', score_min: 0.6 },
    number: { pattern: '[2-9]', score_min: 0.75 },
  },
});
const labels = ['clock', 'number'];
const context = { labels, input: { width: 200, height: 100 } };

/** A character of 8 × 10 px whose left edge is at `x`. */
const at = (x: number, character: number, score = 0.875, y = 50) => [x, y, x + 8, y + 10, score, character];

const clock = [at(50, 6), at(59, 7), at(68, 10), at(77, 1), at(86, 2)];

const decodeRows = (...rows: readonly (readonly number[])[]) => {
  const tensor = { type: 'float32', shape: [1, rows.length, 6], values: Float32Array.from(rows.flat()) };
  return decode({ characters: tensor }, options, context);
};

test('characters that stand side by side are a text, whatever order they come in', () => {
  expect(decodeRows(...clock.toReversed()).payload).toEqual([[50, 50, 94, 60, 0.875, 0, '67:12']]);
});

test('the best of two characters at one place stays', () => {
  expect(decodeRows(at(51, 8, 0.75), ...clock).payload.map((row) => row.at(-1))).toEqual(['67:12']);
});

test('a character of another line or height does not belong to the text', () => {
  const tall = [95, 45, 111, 65, 0.875, 3];
  expect(decodeRows(...clock, tall).payload.map((row) => row.at(-1))).toEqual(['67:12', '3']);
});

test('a text that looks like nothing that is read is left out', () => {
  expect(decodeRows(at(50, 10), at(59, 10), at(150, 1)).payload).toEqual([]);
});

test('each label asks its own score', () => {
  const weak = clock.map(([x = 0, , , , , character = 0]) => at(x, character, 0.625));
  expect(decodeRows(...weak, at(150, 4, 0.625)).payload.map((row) => row.at(-1))).toEqual(['67:12']);
});

test('a text is a detection with its text', () => {
  const { payload } = decodeRows(...clock);
  const letterbox = { frame: { width: 400, height: 200 }, scale: 0.5, scaleY: 0.5, left: 0, top: 0 };
  expect(normalise({ dialect: 'xyxy-score-class-text', payload, labels, letterbox }).detections).toEqual([
    { label: 'clock', x1: 100, y1: 100, x2: 188, y2: 120, score: 0.875, text: '67:12' },
  ]);
});

test('characters that are no numbers are an issue, and the others are read', () => {
  const { payload, issues } = decodeRows(...clock, at(150, Number.NaN), at(Number.NaN, 3));
  expect(payload).toHaveLength(1);
  expect(issues).toMatchObject([{ code: 'not_finite', message: '2 characters hold values that are no numbers' }]);
});
