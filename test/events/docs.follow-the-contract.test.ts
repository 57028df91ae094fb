import { expect, test } from 'vitest';
import { driftedPages } from './drift.ts';

test('docs/events.md and docs/event.schema.json are what src/events says', () => {
  expect(driftedPages().filter((line) => /docs\/event/.test(line))).toEqual([]);
});
