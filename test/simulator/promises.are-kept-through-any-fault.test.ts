import './simulated.ts';
import { expect, test } from 'vitest';
import { firstBroken, seedCount } from './seeds.ts';

const seeds = seedCount(200);

test(`every acknowledged event is there once, whatever fails: ${seeds} seeds, SEED=n replays one`, async () => {
  expect(await firstBroken({ seeds })).toBeUndefined();
});
