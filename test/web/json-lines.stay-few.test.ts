import { expect, test } from 'vitest';
import { jsonLines } from '../../web/src/places/job/json-lines.ts';

const asText = (value: unknown) =>
  jsonLines(value).map(({ depth, name, parts }) => `${depth} ${name}: ${parts.map(({ text }) => text).join('')}`);

test('a box stands in one line, and each of its values can be marked', () => {
  const lines = jsonLines([[1, 2.5, 'red']]);

  expect(asText([[1, 2.5, 'red']])).toEqual(['0 : list of 1', '1 0: [ 1, 2.5, "red" ]']);
  expect(lines[1]?.parts.flatMap(({ path }) => path ?? [])).toEqual(['$[0][0]', '$[0][1]', '$[0][2]']);
});

test('fields are named as DuckDB names them', () => {
  const [, label, odd] = jsonLines({ label: 'ball', 'a b': null });

  expect([label?.parts[0], odd?.parts[0]]).toEqual([
    { text: '"ball"', path: '$.label' },
    { text: 'null', path: '$."a b"' },
  ]);
});

test('an output without end in it is cut', () => {
  const deep = Array.from({ length: 200 }).reduce<unknown>((inner) => ({ inner }), 1);

  expect(jsonLines(deep).length).toBeLessThan(40);
});
