import { expect, test } from 'vitest';
import { movedBy } from '../../web/src/parts/moved-by.ts';

test('keys stay within the rows', () => {
  expect(movedBy('ArrowDown', -1, 10, 5)).toBe(0);
  expect(movedBy('ArrowUp', 0, 10, 5)).toBe(0);
  expect(movedBy('PageDown', 7, 10, 5)).toBe(9);
  expect(movedBy('Home', 7, 10, 5)).toBe(0);
  expect(movedBy('End', 2, 10, 5)).toBe(9);
});

test('other keys are left to others', () => {
  expect(movedBy('a', 2, 10, 5)).toBeUndefined();
  expect(movedBy('constructor', 2, 10, 5)).toBeUndefined();
  expect(movedBy('ArrowDown', -1, 0, 5)).toBeUndefined();
});
