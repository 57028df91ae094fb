import { expect, test } from 'vitest';
import { makeSinglesFilter } from '../../src/inference/track/singles.ts';

const ball = (x: number, score = 0.6) => ({ x1: x, y1: 100, x2: x + 8, y2: 108, score, label: 'ball' });
const player = { x1: 0, y1: 0, x2: 20, y2: 50, score: 0.9, label: 'red' };

const follow = (frames: readonly (readonly ReturnType<typeof ball>[])[], tracks = true) => {
  const keep = makeSinglesFilter({ single: ['ball'], tracks });
  return frames.map((boxes) => keep(boxes).map(({ x1 }) => x1));
};
const rolling = Array.from({ length: 20 }, (_, i) => [ball(100 + 5 * i)]);

test('a better candidate far from the path is not taken at once', () => {
  const found = follow([...rolling, [ball(700, 0.95), ball(200)], [ball(205)]]);
  expect(found.slice(-2)).toEqual([[200], [205]]);
});

test('a frame in which only a far candidate is seen has none', () => {
  expect(follow([...rolling, [ball(700, 0.95)]]).at(-1)).toEqual([]);
});

test('a candidate that stays where it is, while the old one is gone, is taken after some frames', () => {
  const found = follow([...rolling, ...Array<(typeof rolling)[0]>(8).fill([ball(700)])]);
  expect(found.slice(20, 23)).toEqual([[], [], []]);
  expect(found.at(-1)).toEqual([700]);
});

test('one that was hidden for a while is the same where it comes back', () => {
  const hidden = Array<(typeof rolling)[0]>(5).fill([]);
  expect(follow([...rolling, ...hidden, [ball(225), ball(700, 0.9)]]).at(-1)).toEqual([225]);
});

test('without tracks each frame has its best', () => {
  const found = follow([...rolling, [ball(200), ball(700, 0.95)]], false);
  expect(found.at(-1)).toEqual([700]);
});

test('other labels are left as they are', () => {
  const keep = makeSinglesFilter({ single: ['ball'], tracks: true });
  expect(keep([player, ball(100), player])).toEqual([player, ball(100), player]);
});
