import { expect, test } from 'vitest';
import { bannedWordsAreAbsent, foldersHaveMeaning, onlyTheCliPrints, typesAreKnown } from './rules/words.ts';
import { isScript } from './syntax.ts';
import { complaints, tree } from './tree.ts';

const files = tree();
const scripts = files.filter(isScript);

test('no file has a banned word', () => {
  expect(complaints(bannedWordsAreAbsent, files)).toEqual([]);
});

test.each([
  '// TODO: later',
  'one line\n# FIXME',
  '// this will do For now.',
  'cd /work/main',
  'see "/root/notes"',
  'cp x /tmp/probe1',
  'https://registry.example.org/zod',
  '  "resolved": "https://example.org/zod.tgz"',
])('a banned word is found: %s', (text) => {
  expect(bannedWordsAreAbsent({ path: 'README.md', text })).toHaveLength(1);
});

test('what only looks like a banned word is let through', () => {
  const text = 'src/work/main.ts, mkdtemp("a-XXXXXX"), registry.get(plugin), for nowhere';

  expect(bannedWordsAreAbsent({ path: 'README.md', text })).toEqual([]);
});

test('every folder’s name has a meaning', () => {
  expect(complaints(foldersHaveMeaning, files)).toEqual([]);
});

test('a folder for anything is found', () => {
  expect(foldersHaveMeaning({ path: 'src/lake/utils/bytes.ts', text: '' })).toHaveLength(1);
  expect(foldersHaveMeaning({ path: 'test/helpers/make.ts', text: '' })).toHaveLength(1);
});

test('no file has an any or an enum', () => {
  expect(complaints(typesAreKnown, scripts)).toEqual([]);
});

test('an any and an enum are found, but not the words', () => {
  const text = `// any enum\nconst any = 1;\nlet a: any[] = [any];\nenum B { C }`;

  expect(typesAreKnown({ path: 'src/a.ts', text })).toEqual([
    'line 3: `any`: take `unknown` and check it',
    'line 4: `enum`: take a union of literals',
  ]);
});

test('only the command line prints', () => {
  expect(complaints(onlyTheCliPrints, scripts)).toEqual([]);
});

test('a console call outside the command line is found', () => {
  const text = `\nconsole.log('here');`;

  expect(onlyTheCliPrints({ path: 'src/lake/commit.ts', text })).toEqual(['line 2: console']);
  expect(onlyTheCliPrints({ path: 'src/cli/main.ts', text })).toEqual([]);
});
