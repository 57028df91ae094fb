import { expect, test } from 'vitest';
import { fileLinesMax, filesAreShort, functionLinesMax, functionsAreShort } from './rules/sizes.ts';
import { complaints, tree } from './tree.ts';

const inSource = tree().filter(({ path }) => /^(web\/)?src\/.*\.tsx?$/.test(path));
const lines = (count: number) => 'next();\n'.repeat(count);

test('every file of the source is short', () => {
  expect(complaints(filesAreShort, inSource)).toEqual([]);
});

test('every function of the source is short', () => {
  expect(complaints(functionsAreShort, inSource)).toEqual([]);
});

test('a file one line too long is found', () => {
  expect(filesAreShort({ path: 'src/a.ts', text: lines(fileLinesMax) })).toEqual([]);
  expect(filesAreShort({ path: 'src/a.ts', text: lines(fileLinesMax + 1) })).toEqual(['301 lines; 300 at most']);
});

test('a function one line too long is found, whatever its form', () => {
  const body = `{\n${lines(functionLinesMax - 1)}}`;
  const text = `\nfunction a() ${body}\nconst b = () => ${body};\nclass C { d() ${body} }`;

  expect(functionsAreShort({ path: 'src/a.ts', text })).toEqual([
    'the function at line 2 has 71 lines; 70 at most',
    'the function at line 73 has 71 lines; 70 at most',
    'the function at line 144 has 71 lines; 70 at most',
  ]);
});

test('a function of the greatest length is none too long', () => {
  const text = `function a() {\n${lines(functionLinesMax - 2)}}`;

  expect(functionsAreShort({ path: 'src/a.ts', text })).toEqual([]);
});
