import { expect, test } from 'vitest';
import { testNamesAreSentences, testsAreInTestFiles } from './rules/names.ts';
import { isScript } from './syntax.ts';
import { complaints, tree } from './tree.ts';

const files = tree();
const nameRule = testNamesAreSentences([{ path: 'src/lake/commit.ts', text: '' }]);

test('every test file’s name is a sentence or a module’s name', () => {
  expect(complaints(testNamesAreSentences(files), files)).toEqual([]);
});

test.each(['test/lake/misc.test.ts', 'test/lake/CommitRace.test.ts', 'test/lake/commit_race.test.ts'])(
  'a name that says nothing is found: %s',
  (path) => {
    expect(nameRule({ path, text: '' })).toHaveLength(1);
  },
);

test.each(['test/lake/commit.test.ts', 'test/lake/commit.lost-race.slow.test.ts', 'test/lake/make-events.ts'])(
  'a name that says something is let through: %s',
  (path) => {
    expect(nameRule({ path, text: '' })).toEqual([]);
  },
);

test('every test is in a file that runs', () => {
  expect(complaints(testsAreInTestFiles, files.filter(isScript))).toEqual([]);
});

test('a test in a file that would never run is found', () => {
  const text = `import { expect, test } from 'vitest';`;

  expect(testsAreInTestFiles({ path: 'test/lake/commit.spec.ts', text })).toEqual([
    'has tests, and is not named .test.ts',
  ]);
});
