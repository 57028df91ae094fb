import { expect, test } from 'vitest';
import { orNone } from '../../src/inference/normalise/candidate.ts';
import { areRatios } from '../../src/inference/normalise/place.ts';
import { centred, four, xxyy, xywh, xyxy, yxyx } from '../../src/inference/normalise/read/geometry.ts';
import { byNumber } from '../../src/inference/normalise/read/labels.ts';
import { numeric } from '../../src/inference/normalise/read/numbers.ts';

test.each([
  ['left, top, right, bottom', xyxy, [10, 20, 40, 60]],
  ['top, left, bottom, right', yxyx, [20, 10, 60, 40]],
  ['left, right, top, bottom', xxyy, [10, 40, 20, 60]],
  ['left, top, width, height', xywh, [10, 20, 30, 40]],
  ['centre, width, height', centred, [25, 40, 30, 40]],
])('%s are the same corners', (_, read, numbers) => {
  expect(read(four(numbers))).toEqual([10, 20, 40, 60]);
});

test('a number that is none is in each corner that it goes into, as it was written', () => {
  expect(xywh(four([10, 20, 'NaN', 40]))).toEqual([10, 20, 'NaN', 60]);
  expect(centred(four([10, 20, null, 40]))).toEqual([null, 0, null, 40]);
});

test('three numbers are no box', () => {
  expect(four([1, 2, 3])).toBeUndefined();
});

test('a value that stands for none is marked, and told from one that is missing', () => {
  expect(orNone(-1, -1, 0)).toEqual({ sentinel: -1 });
  expect(orNone(0.5, -1, 0)).toBe(0.5);
  expect(orNone(undefined, -1)).toBeUndefined();
});

test.each([
  ['all within 1, one of them a fraction', [0, 0, 0.5, 1], true],
  ['the corners of one px', [0, 0, 1, 1], false],
  ['px', [0.5, 0.5, 12, 3], false],
])('%s: ratios or not', (_, [x1, y1, x2, y2], expected) => {
  const candidate = { path: '$', corners: [x1, y1, x2, y2] as const, label: 'a', labelRaw: 'a' };
  expect(areRatios([candidate], 'px or ratio')).toBe(expected);
});

test.each([
  ['1.5', 1.5],
  [' -2e3 ', -2000],
  ['', ''],
  ['0x10', '0x10'],
  ['1,5', '1,5'],
  ['Infinity', 'Infinity'],
])('of a table, %j is the number %j or stays a text', (text, value) => {
  expect(numeric(text)).toBe(value);
});

test('a label is found by a number of the list and by nothing else', () => {
  const labels = ['person', 'ball'];
  expect(['1', 1, 2, -1, 0.5, 'length', '__proto__'].map((raw) => byNumber(raw, labels).label)).toEqual([
    undefined,
    'ball',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
