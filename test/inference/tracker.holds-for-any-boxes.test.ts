import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeTracker, type Trackable } from '../../src/inference/track/tracker.ts';

const place = fc.double({ min: -2_000, max: 4_000, noNaN: true });
const boxes = fc.record(
  {
    ...{ x1: place, y1: place, x2: place, y2: place },
    label: fc.constantFrom('red', 'blue', 'ball'),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
  },
  { requiredKeys: ['x1', 'y1', 'x2', 'y2', 'label'] },
) as fc.Arbitrary<Trackable>;

/** Boxes that go a little way from frame to frame, so that tracks come about. */
const things = fc.record({
  ...{ x: fc.integer({ min: 0, max: 200 }), y: fc.integer({ min: 0, max: 60 }) },
  speed: fc.integer({ min: -9, max: 9 }),
  seen: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
});
const scenes = fc.array(things, { maxLength: 6 }).map((all) =>
  Array.from({ length: 12 }, (_, frame) =>
    all.flatMap(({ x, y, speed, seen }): readonly Trackable[] => {
      const left = x + frame * speed;
      return seen[frame] ? [{ x1: left, y1: y, x2: left + 20, y2: y + 50, label: 'red' }] : [];
    }),
  ),
);
const frames = fc.oneof(scenes, fc.array(fc.array(boxes, { maxLength: 12 }), { maxLength: 12 }));

const follow = (given: readonly (readonly Trackable[])[]) => {
  const tracker = makeTracker();
  return given.map((found) => tracker.update(found));
};
const idsIn = (ids: readonly (number | undefined)[]) => ids.filter((id) => id !== undefined);

test('whatever boxes come, each gets one answer, and an id stands once in a frame', () => {
  fc.assert(
    fc.property(frames, (given) => {
      const ids = follow(given);
      expect(ids.map((frame) => frame.length)).toEqual(given.map((frame) => frame.length));
      expect(ids.map((frame) => new Set(idsIn(frame)).size)).toEqual(ids.map((frame) => idsIn(frame).length));
    }),
  );
});

test('ids are given in their order from 1, so that none is ever used again', () => {
  fc.assert(
    fc.property(frames, (given) => {
      const firsts = [...new Set(follow(given).flatMap((frame) => idsIn(frame).sort((a, b) => a - b)))];
      expect(firsts).toEqual(firsts.map((_, i) => i + 1));
    }),
  );
});

test('a second job begins anew: the same frames have the same ids', () => {
  fc.assert(
    fc.property(frames, (given) => {
      expect(follow(given)).toEqual(follow(given));
    }),
  );
});

test('the boxes of one thing that is always seen have one id, however they are mixed with those far away', () => {
  const scene = fc.tuple(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), fc.integer({ min: -8, max: 8 }));
  fc.assert(
    fc.property(scene, ([isFarSeen, speed]) => {
      const ids = follow(isFarSeen.map((isSeen, i) => [...(isSeen ? [boxAt(3_000)] : []), boxAt(100 + i * speed)]));
      expect(new Set(ids.map((frame) => frame.at(-1))).size).toBe(1);
    }),
  );
});

test('thousands of boxes in each other’s way take bounded time', () => {
  const next = randomNumbers();
  const crowd = () =>
    Array.from({ length: 3_000 }, () => {
      const [x, y] = [next() * 1_280, next() * 720];
      return { x1: x, y1: y, x2: x + 40 + next() * 80, y2: y + 60 + next() * 60, label: 'red', score: next() };
    });
  const tracker = makeTracker();
  const startedAt = performance.now();
  const ids = [crowd(), crowd(), crowd(), []].map((found) => tracker.update(found));

  expect(idsIn(ids[1] ?? []).length).toBeGreaterThan(500);
  expect(ids[3]).toEqual([]);
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});

const boxAt = (x: number): Trackable => ({ x1: x, y1: 100, x2: x + 20, y2: 150, label: 'red' });

/** The same numbers each time. */
function randomNumbers(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
