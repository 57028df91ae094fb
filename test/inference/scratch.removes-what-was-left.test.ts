import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openScratch } from '../../src/inference/forms/scratch.ts';
import { tempDir } from './temp-dir.ts';

const dayMs = 24 * 3_600_000;

test('a frame is a file of its bytes, and gone with its folder', async () => {
  const parent = tempDir();
  const scratch = await openScratch(parent);
  await scratch.write(Uint8Array.of(1, 2, 3));
  expect([...readFileSync(scratch.path)]).toEqual([1, 2, 3]);
  await scratch.close();

  expect(readdirSync(parent)).toEqual([]);
});

test('what a killed job left is removed after a day, and what others work with stays', async () => {
  const parent = tempDir();
  const left = await openScratch(parent);
  await left.write(Uint8Array.of(1));
  const soon = await openScratch(parent, Date.now() + dayMs - 60_000);
  expect(readdirSync(parent)).toHaveLength(2);
  const later = await openScratch(parent, Date.now() + dayMs + 60_000);

  expect(readdirSync(parent)).toHaveLength(2);
  expect(() => readFileSync(left.path)).toThrow('ENOENT');
  await soon.close();
  await later.close();
});
