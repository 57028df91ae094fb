import { basename } from 'node:path';
import { importsOf } from '../syntax.ts';
import type { Rule, SourceFile } from '../tree.ts';

const words = /^[a-z0-9]+([.-][a-z0-9]+)+$/;

/** A test file's name is a sentence in lower case, `commit.lost-race.test.ts`, or the name of the module it tests. */
export function testNamesAreSentences(files: readonly SourceFile[]): Rule {
  const paths = new Set(files.map(({ path }) => path));
  return ({ path }) => {
    if (!path.startsWith('test/') || !path.endsWith('.test.ts')) return [];
    const name = basename(path).replace(/(\.slow)?\.test\.ts$/, '');
    const tested = path.replace(/^test\//, 'src/').replace(/(\.slow)?\.test\.ts$/, '.ts');
    return words.test(name) || paths.has(tested) ? [] : ['the name neither says what holds nor names a module of src'];
  };
}

/** A test in a file of another name would never run. */
export const testsAreInTestFiles: Rule = (file) => {
  if (!file.path.startsWith('test/') || file.path.endsWith('.test.ts')) return [];
  const tests = importsOf(file).some(
    ({ from, names }) => from === 'vitest' && names.some((name) => /^(test|it)$/.test(name)),
  );
  return tests ? ['has tests, and is not named .test.ts'] : [];
};
