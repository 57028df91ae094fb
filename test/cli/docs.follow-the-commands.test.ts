import { expect, test } from 'vitest';
import { driftedPages } from '../events/drift.ts';

test('docs/commands.md is what src/cli says', () => {
  expect(driftedPages().filter((line) => line.includes('docs/commands.md'))).toEqual([]);
});
