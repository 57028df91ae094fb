import { expect, test } from 'vitest';
import { importsPointDownwards } from './rules/arrows.ts';
import { complaints, tree } from './tree.ts';

const inSource = tree().filter(({ path }) => /^src\/.*\.ts$/.test(path));

test('every import of the source points downwards', () => {
  expect(complaints(importsPointDownwards, inSource)).toEqual([]);
});

test('a lower room that imports a higher one is found', () => {
  const file = { path: 'src/lake/commit.ts', text: `import { plan } from '../compactor/plan.ts';` };

  expect(importsPointDownwards(file)).toEqual(['lake must not import compactor']);
});

test('two rooms of one row do not import each other, not even types', () => {
  const file = { path: 'src/query/reader.ts', text: `import type { Plan } from '../compactor/plan.ts';` };

  expect(importsPointDownwards(file)).toEqual(['query must not import compactor']);
});

test.each([
  `export * from '../lake/index.ts';`,
  `await import('../inbox/streams.ts');`,
  `type Snapshot = import('../query/views.ts').View;`,
])('inference knows nothing of the lake, however it asks: %s', (text) => {
  expect(importsPointDownwards({ path: 'src/inference/runner.ts', text })).toHaveLength(1);
});

test('inference may use the emitters, and a room its own files', () => {
  const text = `import { openJob } from '../emitters/index.ts'; import { probe } from './device.ts';`;

  expect(importsPointDownwards({ path: 'src/inference/runner.ts', text })).toEqual([]);
});

test('the source imports nothing from outside itself', () => {
  const file = { path: 'src/cli/main.ts', text: `import { tree } from '../../test/tidy/tree.ts';` };

  expect(importsPointDownwards(file)).toEqual(['imports test/tidy/tree.ts, which is outside src']);
});

test('a room without a place in the house is an error', () => {
  const file = { path: 'src/attic/box.ts', text: `import { messageOf } from '../errors.ts';` };

  expect(() => importsPointDownwards(file)).toThrow('the room attic has no place in the house');
});
