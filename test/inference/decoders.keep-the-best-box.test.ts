import { expect, test } from 'vitest';
import { decode, decoderOptions } from '../../src/inference/decoders/index.ts';

const labels = ['player', 'ball'];
const options = decoderOptions.parse({
  name: 'boxes',
  output: 'rows',
  score_min: 0.5,
  overlap_max: 0.4,
  labels: { ball: { score_min: 0.2, count_max: 1, rank: 1 } },
});

const context = { labels, input: { width: 100, height: 100 } };

const decodeRows = (...rows: number[][]) => {
  const tensor = { type: 'float32', shape: [1, rows.length, 6], values: Float32Array.from(rows.flat()) };
  return decode({ rows: tensor }, options, context).payload;
};

test('weak rows are left out, by the label’s own limit where it has one', () => {
  const rows = decodeRows([0, 0, 10, 10, 0.4, 0], [50, 50, 60, 60, 0.9, 0], [90, 90, 95, 95, 0.25, 1]);
  expect(rows).toEqual([
    [50, 50, 60, 60, 0.9, 0],
    [90, 90, 95, 95, 0.25, 1],
  ]);
});

test('of two boxes at one place the better one stays', () => {
  const rows = decodeRows([0, 0, 10, 20, 0.6, 0], [1, 1, 11, 21, 0.8, 0]);
  expect(rows).toEqual([[1, 1, 11, 21, 0.8, 0]]);
});

test('a better box of a later rank does not hide one of an earlier rank', () => {
  const rows = decodeRows([4, 4, 6, 6, 0.99, 1], [0, 0, 10, 20, 0.6, 0]);
  expect(rows).toEqual([[0, 0, 10, 20, 0.6, 0]]);
});

test('a label keeps no more boxes than its count', () => {
  const rows = decodeRows([0, 0, 5, 5, 0.3, 1], [50, 50, 55, 55, 0.4, 1]);
  expect(rows).toEqual([[50, 50, 55, 55, 0.4, 1]]);
});

test('a value that JSON cannot hold stays visible', () => {
  expect(decodeRows([0, 0, 10, 10, Number.NaN, 0])).toEqual([[0, 0, 10, 10, 'NaN', 0]]);
});

test('a model without the output of the manifest is told so', () => {
  const outputs = { boxes: { type: 'float32', shape: [0], values: new Float32Array() } };
  expect(decode(outputs, options, context).issues).toMatchObject([
    { code: 'malformed', message: 'the model has no output rows; it has boxes' },
  ]);
});
