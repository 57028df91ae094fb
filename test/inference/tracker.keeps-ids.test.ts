import { describe, expect, test } from 'vitest';
import { type TrackerOptions, trackerDefaults } from '../../src/inference/track/options.ts';
import { makeTracker, type Trackable } from '../../src/inference/track/tracker.ts';

const boxAt = (x: number, y: number, label = 'red'): Trackable => ({ x1: x, y1: y, x2: x + 20, y2: y + 50, label });

const scored = (x: number, score: number): Trackable => ({ ...boxAt(x, 100), score });

const follow = (frames: readonly (readonly Trackable[])[], options: Partial<TrackerOptions> = {}) => {
  const tracker = makeTracker({ ...trackerDefaults, ...options });
  return frames.map((boxes) => tracker.update(boxes));
};

describe('the tracker', () => {
  test('gives an id in the first frame at once, and keeps it', () => {
    const ids = follow(Array.from({ length: 4 }, (_, i) => [boxAt(100 + 4 * i, 100)]));
    expect(ids).toEqual([[1], [1], [1], [1]]);
  });

  test('gives an id at the second sight later, or at the one that the manifest says', () => {
    const frames = [[], ...Array.from({ length: 4 }, (_, i) => [boxAt(100 + 4 * i, 100)])];
    expect(follow(frames)).toEqual([[], [undefined], [1], [1], [1]]);
    expect(follow(frames, { hits_min: 4 })).toEqual([[], [undefined], [undefined], [undefined], [1]]);
  });

  test('gives none to what is not seen again in the next frame', () => {
    const ids = follow([[], [boxAt(100, 100)], [], [boxAt(100, 100)], [boxAt(100, 100)]]);
    expect(ids).toEqual([[], [undefined], [], [undefined], [1]]);
  });

  test('goes on with a weak box, and begins nothing with it', () => {
    const ids = follow([
      [scored(100, 0.9)],
      [scored(103, 0.2), scored(400, 0.2)],
      [scored(106, 0.9), scored(400, 0.2)],
    ]);
    expect(ids).toEqual([[1], [1, undefined], [1, undefined]]);
  });

  test('gives a good box to a track before a weak one that is nearer', () => {
    const ids = follow([[scored(100, 0.9)], [scored(100, 0.2), scored(105, 0.9)]]);
    expect(ids.at(-1)).toEqual([undefined, 1]);
  });

  test('gives a box to a track that is believed before one that is young', () => {
    const ids = follow([[scored(100, 0.9)], [scored(100, 0.9), scored(106, 0.9)], [scored(103, 0.9)]]);
    expect(ids).toEqual([[1], [1, undefined], [1]]);
  });

  test('follows the best thousand of more boxes', () => {
    const boxes = Array.from({ length: 1_001 }, (_, i) => ({ ...boxAt(40 * i, 0), score: 1 - i / 10_000 }));
    const [ids = []] = follow([boxes]);
    expect(ids.slice(0, 1_000)).not.toContain(undefined);
    expect(ids[1_000]).toBeUndefined();
  });

  test('gives no weak box to a track that was lost before', () => {
    expect(follow([[scored(100, 0.9)], [], [scored(100, 0.2)], [scored(100, 0.9)]])).toEqual([
      [1],
      [],
      [undefined],
      [1],
    ]);
  });

  test('gives no track to a box below the least score', () => {
    expect(follow([[scored(100, 0.9)], [scored(100, 0.05)]]).at(-1)).toEqual([undefined]);
  });

  test('forgets a track after so many frames as the manifest says', () => {
    const frames = [[boxAt(100, 100)], [], [], [boxAt(100, 100)], [boxAt(100, 100)]];
    expect(follow(frames, { missed_max: 2 }).at(-1)).toEqual([1]);
    expect(follow(frames, { missed_max: 1 }).at(-1)).toEqual([2]);
  });

  test('keeps both ids when two players pass each other', () => {
    const frames = Array.from({ length: 21 }, (_, i) => [boxAt(100 + 10 * i, 100), boxAt(300 - 10 * i, 112, 'blue')]);
    const ids = follow(frames);
    expect(ids.at(-1)).toEqual(ids[3]);
    expect(new Set(ids.at(-1)).size).toBe(2);
  });

  test('keeps the id of a player who is hidden for ten frames', () => {
    const seen = Array.from({ length: 10 }, (_, i) => [boxAt(100 + 3 * i, 100)]);
    const again = [boxAt(100 + 3 * 20, 100)];
    const ids = follow([...seen, ...Array<Trackable[]>(10).fill([]), again]);
    expect(ids.at(-1)).toEqual([1]);
  });

  test('follows a ball that becomes too fast to overlap itself', () => {
    const ball = (x: number) => ({ x1: x, y1: 200, x2: x + 8, y2: 208, label: 'ball' });
    const ids = follow(Array.from({ length: 24 }, (_, i) => [ball(100 + (i * i) / 4)]));
    expect(ids.at(-1)).toEqual([1]);
  });

  test('does not give the id of a player to the ball at his feet', () => {
    const player = boxAt(100, 100);
    const ball = { x1: 106, y1: 140, x2: 114, y2: 148, label: 'ball' };
    const ids = follow([[player], [player], [player], [ball]]);
    expect(ids.at(-1)).toEqual([undefined]);
  });

  test('leaves boxes that are none without an id', () => {
    const inverted = { x1: 20, y1: 20, x2: 10, y2: 10, label: 'red' };
    expect(follow(Array(5).fill([inverted])).at(-1)).toEqual([undefined]);
  });
});
