import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { letterboxOf } from '../../src/inference/letterbox.ts';
import { normalise } from '../../src/inference/normalise/index.ts';

const labels = ['red', 'blue'];
const letterbox = letterboxOf({ width: 200, height: 100 }, { width: 200, height: 100 });

const read = (payload: unknown, dialect = 'xyxy-score-class') => normalise({ dialect, payload, labels, letterbox });

describe('rows of x1, y1, x2, y2, score, class', () => {
  test('become detections with their labels', () => {
    const { detections, issues } = read([
      [10, 20, 30, 40, 0.75, 0],
      [50, 20, 70, 40, 0.5, 1],
    ]);
    expect(issues).toEqual([]);
    expect(detections).toEqual([
      { label: 'red', score: 0.75, x1: 10, y1: 20, x2: 30, y2: 40 },
      { label: 'blue', score: 0.5, x1: 50, y1: 20, x2: 70, y2: 40 },
    ]);
  });

  test('of an empty frame are an empty frame', () => {
    expect(read([])).toEqual({ detections: [], candidates: [], issues: [] });
  });

  test('are moved from the model’s input back to the frame', () => {
    const narrow = letterboxOf({ width: 100, height: 200 }, { width: 100, height: 100 });
    const payload = [[25, 0, 75, 100, 0.5, 0]];
    const { detections } = normalise({ dialect: 'xyxy-score-class', payload, labels, letterbox: narrow });
    expect(detections).toEqual([{ label: 'red', score: 0.5, x1: 0, y1: 0, x2: 100, y2: 200 }]);
  });

  test.each([
    ['a box beyond the frame', [-5, 20, 30, 40, 0.5, 0], 'out_of_bounds'],
    ['a box from right to left', [30, 20, 10, 40, 0.5, 0], 'inverted_box'],
    ['a class that the manifest does not know', [10, 20, 30, 40, 0.5, 7], 'unknown_label'],
  ])('%s is kept as it is, and reported', (_, row, code) => {
    const { detections, issues } = read([row]);
    expect(issues).toMatchObject([{ code, path: '$[0]' }]);
    expect(detections).toMatchObject([{ x1: row[0], y1: row[1], x2: row[2], y2: row[3], score: 0.5 }]);
  });

  test.each([
    ['null', null, 'missing_score'],
    ['−1', -1, 'sentinel_score'],
    ['a percentage', 87, 'score_out_of_range'],
    ['NaN', 'NaN', 'not_finite'],
  ])('a score of %s is left out, and reported', (_, score, code) => {
    const { detections, issues } = read([[10, 20, 30, 40, score, 0]]);
    expect(issues).toMatchObject([{ code }]);
    expect(detections).toEqual([{ label: 'red', x1: 10, y1: 20, x2: 30, y2: 40 }]);
  });

  test('a box without a place is no detection, and reported', () => {
    const { detections, issues } = read([[10, 'NaN', 30, 40, 0.5, 0]]);
    expect(detections).toEqual([]);
    expect(issues).toMatchObject([{ code: 'not_finite', message: 'a box of [10,"NaN",30,40]' }]);
  });

  test('a row of another length is reported with its place', () => {
    const { issues } = read([
      [10, 20, 30, 40, 0.5, 0],
      [1, 2],
    ]);
    expect(issues).toMatchObject([{ code: 'malformed', path: '$[1]' }]);
  });
});

test('a dialect that nobody knows is an issue that names those there are', () => {
  expect(read([], 'coco').issues).toMatchObject([
    { code: 'unknown_dialect', message: expect.stringContaining('xyxy-score-class') },
  ]);
});

test('no payload makes it throw, and every detection has a place', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.array(fc.array(fc.oneof(fc.double(), fc.jsonValue())))), (payload) => {
      const { detections } = read(payload);
      return detections.every(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2].every(Number.isFinite));
    }),
  );
});
