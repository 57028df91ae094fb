import { expect, test } from 'vitest';
import { planMerges } from '../../src/compactor/merge-plan.ts';
import type { Add } from '../../src/lake/index.ts';

const kB = 1000;
const MB = 1000 * kB;
const limits = { fileBytes: 128 * MB, today: '2026-11-24' };
const yesterday = '2026-11-23';

const file = (size: number, i: number, date = yesterday, event = 'log'): Add => ({
  path: `event=${event}/date=${date}/${i}.parquet`,
  partitionValues: { event, date },
  size,
  modificationTime: 1,
  dataChange: true,
});
const files = (sizes: readonly number[], date = yesterday): readonly Add[] =>
  sizes.map((size, i) => file(size, i, date));
const sizesOf = (adds: readonly Add[]): unknown =>
  planMerges(adds, limits).map((plan) => plan.adds.map(({ size }) => size));

test('small files of one partition become one', () => {
  expect(sizesOf(files([30 * kB, 10 * kB, 20 * kB]))).toEqual([[10 * kB, 20 * kB, 30 * kB]]);
});

test('files of different kinds or days are never merged', () => {
  expect(planMerges([file(kB, 1), file(kB, 2, '2026-11-22'), file(kB, 3, yesterday, 'detection')], limits)).toEqual([]);
});

test('the open day waits until there are eight', () => {
  expect(sizesOf(files(Array(7).fill(kB), limits.today))).toEqual([]);
  expect(sizesOf(files(Array(8).fill(kB), limits.today))).toEqual([Array(8).fill(kB)]);
});

test('a late line of an old day does not rewrite what is large already', () => {
  expect(sizesOf(files([2 * kB, 50 * MB]))).toEqual([]);
  expect(sizesOf(files([2 * kB, 3 * kB, 50 * MB]))).toEqual([[2 * kB, 3 * kB]]);
});

test('files of like sizes are merged up to the size of a full one, and a full one stays', () => {
  expect(sizesOf(files([50 * MB, 60 * MB, 40 * MB, 64 * MB, 200 * MB]))).toEqual([[40 * MB, 50 * MB]]);
});

test('one merge opens a bounded number of files', () => {
  expect(planMerges(files(Array(450).fill(kB)), limits).map(({ adds }) => adds.length)).toEqual([200, 200, 50]);
});

test('old days come first', () => {
  const adds = ['2026-11-23', '2026-11-21', '2026-11-22'].flatMap((date) => files([kB, kB], date));
  expect(planMerges(adds, limits).map(({ partitionValues }) => partitionValues.date)).toEqual([
    '2026-11-21',
    '2026-11-22',
    '2026-11-23',
  ]);
});
