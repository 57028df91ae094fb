import { expect, test } from 'vitest';
import { bytes, clock, milliseconds, percent, seconds } from '../../web/src/format.ts';

test('times keep the digits that tell them apart', () => {
  expect([0.123, 12.345, 345.6, 2_345, 61_000].map(milliseconds)).toEqual([
    '0.12 ms',
    '12.3 ms',
    '346 ms',
    '2.3 s',
    '1 min 1 s',
  ]);
});

test('what is not known is no nought', () => {
  expect([milliseconds(null), seconds(undefined), bytes(null), percent(undefined)]).toEqual(['–', '–', '–', '–']);
});

test('bytes go up in thousands', () => {
  expect([0, 999, 1_000, 12_345_678].map(bytes)).toEqual(['0 B', '999 B', '1.0 kB', '12.3 MB']);
});

test('a place in a video has hours only where it needs them', () => {
  expect([0, 61.25, 3_723.4].map(clock)).toEqual(['0:00.0', '1:01.3', '1:02:03.4']);
});
