import fc from 'fast-check';
import { expect, test } from 'vitest';
import { letterboxOf } from '../../src/inference/letterbox.ts';
import { dialectNames, dialectOf, normalise, normaliseUndeclared } from '../../src/inference/normalise/index.ts';
import { fixtures } from './dialects/fixtures.ts';

const labels = ['person', 'ball'];
const letterbox = letterboxOf({ width: 640, height: 480 }, { width: 640, height: 640 });

/** What a payload may hold that nobody thinks of. */
const hostile = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    ...[null, undefined, Number.NaN, Infinity, -Infinity, 1e308, -1e308, 2 ** 64, -1, '', 'NaN', '1e999', '__proto__'],
    ...['constructor', '\u0000', '🏃', '-', '<loc0000>', '{"', [], {}, [[]], [{}], [null], { length: 4 }, true],
    JSON.parse('{"__proto__":{"score":1},"constructor":1,"toString":2,"hasOwnProperty":3}'),
    Object.create(null),
    10n,
    Symbol('x'),
    () => 1,
  ),
);

/** A fixture's payload with some of its values replaced: near enough to the form to reach deep into the reader. */
const mutant = (payload: unknown): fc.Arbitrary<unknown> =>
  fc.array(fc.tuple(fc.nat(60), hostile), { minLength: 1, maxLength: 4 }).map((changes) => {
    let count = 0;
    const change = (value: unknown): unknown => {
      const change_ = changes.find(([place]) => place === count++);
      if (change_ !== undefined) return change_[1];
      if (Array.isArray(value)) return value.map(change);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)]));
    };
    return change(payload);
  });

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(...'01.9 -,\n\t|<>[]"{}:eE') }),
  fc.string({ unit: fc.constantFrom('0', '0.5', '1', ' ', ',', '\n', '-1', 'NaN', '<loc0512>', '[', ']', 'car') }),
);

test.each(dialectNames)('no payload makes %s throw', (name) => {
  const dialect = dialectOf(name);
  fc.assert(
    fc.property(fc.oneof(hostile, fc.array(hostile), texts, fc.object()), (payload) => {
      dialect?.recognise(payload);
      dialect?.read(payload, { labels });
    }),
    { numRuns: 30 },
  );
});

test.each(fixtures)('%s with any value replaced gives finite numbers and issues with a place', (name, { cases }) => {
  const payloads = fc.constantFrom(...cases.map(({ payload }) => payload)).chain(mutant);
  fc.assert(
    fc.property(payloads, (payload) => {
      const { detections, issues } = normalise({ dialect: name, payload, labels, letterbox });
      const numbers = detections.flatMap(({ x1, y1, x2, y2, score = 0, track_id = 0, keypoints = [] }) => [
        ...[x1, y1, x2, y2, score, track_id],
        ...keypoints.flatMap(({ x, y, score: one = 0 }) => [x, y, one]),
      ]);
      return (
        numbers.every(Number.isFinite) &&
        detections.every(({ score = 0, label }) => score >= 0 && score <= 1 && label !== '') &&
        issues.every(({ path, message }) => path !== '' && message !== '' && message.length < 4000)
      );
    }),
    { numRuns: 40 },
  );
});

test('no payload of no declared dialect makes detection throw, or gives boxes without a dialect', () => {
  fc.assert(
    fc.property(fc.oneof(hostile, fc.array(hostile), texts, fc.object()), (payload) => {
      const { detections, dialect } = normaliseUndeclared({ payload, labels, letterbox });
      return detections.length === 0 || dialect !== undefined;
    }),
  );
});

test('a payload that is nested without end is read, or is an issue', () => {
  let deep: unknown = [];
  for (let i = 0; i < 100_000; i++) deep = [deep];
  const read = dialectNames.map((dialect) => normalise({ dialect, payload: deep, labels, letterbox }));

  expect(read.flatMap(({ detections }) => detections)).toEqual([]);
});

test('a payload whose members throw when they are read is an issue', () => {
  const payload = {
    get boxes(): never {
      throw new Error('no boxes today');
    },
  };
  const read = dialectNames.map((dialect) => normalise({ dialect, payload, labels, letterbox }));

  expect(read.flatMap(({ detections }) => detections)).toEqual([]);
  expect(read.every(({ issues }) => issues.length === 1)).toBe(true);
});
