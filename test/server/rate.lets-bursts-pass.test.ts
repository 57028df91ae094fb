import { expect, test } from 'vitest';
import { rateLimit } from '../../src/server/guard/rate.ts';

test('a burst passes up to one second’s worth, then what the rate allows', () => {
  let now = 0;
  const waitOf = rateLimit(2, () => now);

  expect([waitOf('a'), waitOf('a')]).toEqual([0, 0]);
  expect(waitOf('a')).toBe(500);
  expect(waitOf('b')).toBe(0);
  now = 500;
  expect(waitOf('a')).toBe(0);
  expect(waitOf('a')).toBe(500);
});

test('whoever was quiet for long has no more than one second’s worth', () => {
  let now = 0;
  const waitOf = rateLimit(1, () => now);
  waitOf('a');
  now = 60_000;

  expect([waitOf('a'), waitOf('a')]).toEqual([0, 1000]);
});
