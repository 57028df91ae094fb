import { expect, test } from 'vitest';
import { dialectOf, normalise } from '../../src/inference/normalise/index.ts';
import { type Fixture, fixtures, letterboxFor } from './dialects/fixtures.ts';

/** What one dialect reads where another was written. */
function readAs(dialect: string, fixture: Fixture) {
  const [{ payload }] = fixture.cases;
  return normalise({ dialect, payload, labels: fixture.labels, letterbox: letterboxFor(fixture) });
}

const boxesOf = (read: ReturnType<typeof normalise>) => JSON.stringify(read.detections);

const speaksFor = (dialect: string, { cases: [{ payload }] }: Fixture) =>
  (dialectOf(dialect)?.recognise(payload) ?? []).length > 0;

/**
 * Others' outputs that a dialect takes for its own without a word, and reads as other boxes. Those that nothing in them
 * speaks for are refused before they are read.
 */
function taken(dialect: string): readonly string[] {
  return fixtures
    .filter(([name, fixture]) => {
      if (name === dialect || !speaksFor(dialect, fixture)) return false;
      const read = readAs(dialect, fixture);
      const isSilent = read.issues.length === 0 && read.detections.length > 0;
      return isSilent && boxesOf(read) !== boxesOf(readAs(name, fixture));
    })
    .map(([name]) => name);
}

test.each(fixtures)('an output that nothing in it speaks for as %s is told with what it looks like', (dialect) => {
  const [name, fixture] = fixtures.find((one) => !speaksFor(dialect, one[1])) ?? [];
  const read = fixture && readAs(dialect, fixture);

  expect(read?.detections).toEqual([]);
  expect(read?.issues).toMatchObject([{ code: 'wrong_dialect', message: expect.stringContaining(name ?? '-') }]);
});

test.each(fixtures)('a wrong declaration of %s is an issue and no garbage', (dialect, fixture) => {
  // What nobody could tell apart is said in the fixture; where nothing is declared it is ambiguous, or another's.
  const { ambiguous_with = [], also_in_form = [] } = fixture;
  expect(taken(dialect).filter((name) => ![...ambiguous_with, ...also_in_form].includes(name))).toEqual([]);
});
