import { expect, test } from 'vitest';
import type { SceneObject } from './football.ts';
import { motScoreOf } from './mota.ts';

const object = (id: number, x: number): SceneObject => ({ id, label: 'red', box: [x, 0, x + 20, 50] });
const box = (track_id: number | undefined, x: number) => ({
  ...{ label: 'red', x1: x, y1: 0, x2: x + 20, y2: 50 },
  ...(track_id !== undefined && { track_id }),
});

test('tracks that are right have a MOTA of 1', () => {
  const frames = [[object(1, 0), object(2, 100)], [object(1, 5)]];
  const found = [[box(7, 2), box(9, 101)], [box(7, 5)]];

  expect(motScoreOf(frames, found)).toMatchObject({ mota: 1, objectCount: 3 });
});

test('misses, false tracks and switches are counted by hand as by the machine', () => {
  const frames = Array.from({ length: 4 }, () => [object(1, 0), object(2, 100)]);
  const found = [
    [box(1, 0), box(2, 100)],
    // Object 2 is missed: a box without an id is no track. Track 3 is where nothing is.
    [box(1, 0), box(undefined, 100), box(3, 500)],
    // Both swap their tracks.
    [box(2, 0), box(1, 100)],
    // Object 1 keeps the worse one of two, as it had it last; the other is false. Object 2 is missed.
    [box(2, 5), box(4, 0)],
  ];

  expect(motScoreOf(frames, found)).toEqual({
    mota: 1 - (2 + 2 + 2) / 8,
    ...{ objectCount: 8, missCount: 2, falseCount: 2, switchCount: 2 },
  });
});

test('where two could have the same track, as many as possible have one', () => {
  const frames = [[object(1, 0), object(2, 8)]];
  const found = [[box(1, 7), box(2, 15)]];

  expect(motScoreOf(frames, found)).toMatchObject({ missCount: 0, falseCount: 0 });
});
