import { expect, test } from 'vitest';
import { dialectNames, dialectOf, normalise, normaliseUndeclared } from '../../src/inference/normalise/index.ts';
import { fixtureCases, fixtureNames, fixtures, letterboxFor } from './dialects/fixtures.ts';

test('every dialect has a fixture, and every fixture a dialect', () => {
  expect(fixtureNames.toSorted()).toEqual(dialectNames.toSorted());
});

test.each(fixtureCases)('$name reads $reads', ({ name, fixture, payload, reads: _, ...expected }) => {
  const read = normalise({ dialect: name, payload, labels: fixture.labels, letterbox: letterboxFor(fixture) });

  expect(read.detections.map(rounded)).toEqual(expected.detections);
  expect(read.issues).toMatchObject(expected.issues);
  expect(read.issues).toHaveLength(expected.issues.length);
  expect(read.unitsInferred).toBe(expected.unitsInferred);
  expect(read.paddingCount).toBe(expected.paddingCount);
});

test.each(fixtures)('what %s writes is recognised without being declared, or is called ambiguous', (name, fixture) => {
  const { labels, ambiguous_with: others = [], cases } = fixture;
  const [{ payload, detections }] = cases;
  const read = normaliseUndeclared({ payload, labels, letterbox: letterboxFor(fixture) });
  const names = read.fitting.map(({ dialect }) => dialect.name);

  expect(names).toEqual(expect.arrayContaining([name, ...others]));
  expect(read.detections.map(rounded)).toEqual(others.length === 0 ? detections : []);
  expect(read.issues.map(({ code }) => code).filter((code) => code === 'ambiguous_dialect')).toEqual(
    others.slice(0, 1).map(() => 'ambiguous_dialect'),
  );
});

test.each(dialectNames)('what is said of %s is enough to write a page from it', (name) => {
  const { of, form, source, geometry, note = 'x', payload } = dialectOf(name) ?? {};
  expect([of, form, source, geometry, note, payload].every((text) => text?.trim() !== '')).toBe(true);
  expect(source).toMatch(/^(https:\/\/|src\/)/);
});

/** Ratios times px end in long fractions: fixtures say three decimals. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, one: unknown) => (typeof one === 'number' ? Math.round(one * 1000) / 1000 : one)),
  );
}
