import { expect, test } from 'vitest';
import { type Group, planPartitions } from '../../src/compactor/partitions.ts';

const limits = { compact_kinds_max: 3, compact_dates_max: 7, compact_files_max: 100 };
const day = 20_000;
const group = (event: string, at = day, rowCount = 1): Group => ({ event, day: at, rowCount });
const plan = (groups: readonly Group[], lakeKinds: readonly string[] = [], given: Partial<typeof limits> = {}) =>
  planPartitions(groups, new Set(lakeKinds), { ...limits, ...given }).map(({ event, day: at, groups: held }) => [
    event,
    at,
    held.length,
  ]);

test('a few kinds and days have a file each', () => {
  expect(plan([group('log'), group('log', day + 1), group('my.kind')])).toEqual([
    ['log', day, 1],
    ['log', day + 1, 1],
    ['my.kind', day, 1],
  ]);
});

test('of too many kinds of one’s own the most frequent have files of their own, and the others share one', () => {
  expect(
    plan([group('a'), group('b', day, 9), group('c', day, 9), group('d', day, 9), group('e'), group('log')]),
  ).toEqual([
    [null, day, 2],
    ['b', day, 1],
    ['c', day, 1],
    ['d', day, 1],
    ['log', day, 1],
  ]);
});

test('a kind that the lake has files of keeps them, and takes the place of a new one', () => {
  expect(plan([group('a', day, 9), group('old.one')], ['old.one', 'old.two', 'old.three', 'log'])).toEqual([
    [null, day, 1],
    ['old.one', day, 1],
  ]);
});

test('days far from what most rows say share a file a kind', () => {
  const wild = [group('log', 11_000), group('log', 40_000), group('detection', 15_000)];
  expect(plan([...wild, group('log', day, 50), group('log', day - 6, 50), group('log', day + 1, 1)])).toEqual([
    ['log', null, 3],
    ['detection', null, 1],
    ['log', day, 1],
    ['log', day - 6, 1],
  ]);
});

test('where nothing but wild times is there, few days have files of their own', () => {
  const wild = Array.from({ length: 5000 }, (_, i) => group('log', 10_957 + i * 7));

  expect(plan(wild)).toHaveLength(2);
});

test('of too many files the largest are kept, and the kinds of the contract stay apart', () => {
  const days = Array.from({ length: 5 }, (_, i) => [group('log', day + i, i + 1), group('a', day + i, 1)]).flat();

  expect(plan(days, [], { compact_files_max: 2 })).toEqual([
    ['log', null, 3],
    [null, null, 5],
    ['log', day + 3, 1],
    ['log', day + 4, 1],
  ]);
});

test('every group is in one partition, once', () => {
  const groups = Array.from({ length: 3000 }, (_, i) => group(`kind.k${i % 60}`, day + (i % 91), i % 7));
  const planned = planPartitions(groups, new Set(['kind.k1']), { ...limits, compact_files_max: 10 });

  expect(new Set(planned.flatMap(({ groups: held }) => held))).toEqual(new Set(groups));
  expect(planned.flatMap(({ groups: held }) => held)).toHaveLength(groups.length);
  expect(planned.length).toBeLessThanOrEqual(11);
});
