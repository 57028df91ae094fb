import { expect, test } from 'vitest';
import { decode, decoderOptions } from '../../src/inference/decoders/index.ts';

const ground = { labels: ['player'], score_min: 0.4, score_trusted: 0.6, ratio_max: 1.4 };
const given = { name: 'boxes', output: 'rows', score_min: 0.5, overlap_max: 0.5, ground };
const options = decoderOptions.parse(given);
const context = { labels: ['player', 'ball'], input: { width: 1000, height: 800 } };

const decodeRows = (...rows: readonly (readonly number[])[]) => {
  const tensor = { type: 'float32', shape: [1, rows.length, 6], values: Float32Array.from(rows.flat()) };
  return decode({ rows: tensor }, options, context).payload;
};

/** A player as tall as a tenth of where the feet are. */
const player = (x: number, y: number, score = 0.75, heightPx = y / 10) => [x, y - heightPx, x + 10, y, score, 0];

const team = [100, 200, 300, 400, 500, 600].map((y) => player(y, y));

test('a box that is too small for its place is left out', () => {
  const sock = player(800, 600, 0.9, 25);
  expect(decodeRows(...team, sock)).toHaveLength(6);
});

test('a box that fits the ground needs a lower score only', () => {
  const weak = player(800, 350, 0.45);
  expect(decodeRows(...team, weak)).toHaveLength(7);
});

test('false boxes do not move the ground', () => {
  const socks = [350, 450, 550].map((y) => player(y + 200, y, 0.875, 10));
  expect(decodeRows(...team, ...socks)).toHaveLength(6);
});

test('without a ground the usual score is asked', () => {
  expect(decodeRows(player(100, 100), player(200, 600, 0.45))).toEqual([player(100, 100)]);
});

test('with an anchor a box keeps that place of the body, and gets the size that its place asks for', () => {
  const anchored = decoderOptions.parse({ ...given, ground: { ...ground, anchor: 0.4 } });
  const tall = [800, 356, 809.6, 404, 0.5, 0];
  const rows = Float32Array.from([...team, tall].flat());
  const { payload } = decode({ rows: { type: 'float32', shape: [1, 7, 6], values: rows } }, anchored, context);
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = payload.map((row) => row.map(Number)).find(([x]) => (x ?? 0) > 790) ?? [];

  expect(y1 + 0.4 * (y2 - y1)).toBeCloseTo(375.2, 1);
  expect(y2 - y1).toBeCloseTo(y2 / 10, 0);
  expect((x1 + x2) / 2).toBeCloseTo(804.8, 1);
  expect((x2 - x1) / (y2 - y1)).toBeCloseTo(0.2, 2);
});

test('the ball is not measured by the ground', () => {
  expect(decodeRows(...team, [800, 596, 804, 600, 0.75, 1])).toHaveLength(7);
});

test('values that are no numbers are kept to be reported', () => {
  const rows = decodeRows(
    ...team,
    [800, Number.NaN, 810, 600, 0.75, 0],
    [820, Number.NEGATIVE_INFINITY, 830, 600, 0.75, 0],
  );
  expect(rows.map(([, y1]) => y1)).toEqual(expect.arrayContaining(['NaN']));
  expect(rows.length).toBeGreaterThanOrEqual(7);
});
