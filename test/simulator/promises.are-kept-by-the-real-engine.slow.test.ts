import './simulated.ts';
import { expect, test } from 'vitest';
import { firstBroken, seedCount } from './seeds.ts';

const seeds = Math.min(seedCount(100), 10_000);

test(`with DuckDB itself every acknowledged event is there once, whatever fails: ${seeds} seeds, SEED=n replays one`, async () => {
  expect(await firstBroken({ seeds, engine: 'real' })).toBeUndefined();
});
