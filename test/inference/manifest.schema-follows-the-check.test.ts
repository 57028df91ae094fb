import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { manifestJsonSchema } from '../../src/inference/index.ts';
import { driftedPages } from '../events/drift.ts';

const read = async (path: string) =>
  JSON.parse(await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8'));
const isManifest = new Ajv2020({ strict: false }).compile(manifestJsonSchema());

test('docs/plugin.schema.json is what src/inference says', () => {
  expect(driftedPages().filter((line) => line.includes('docs/plugin'))).toEqual([]);
});

test('the schema takes the manifest of a built-in plugin, and refuses a field that means nothing', async () => {
  const manifest = await read('plugins/player-tracker/manifest.json');

  expect(isManifest(manifest), JSON.stringify(isManifest.errors)).toBe(true);
  expect(isManifest({ ...manifest, colour: 'red' })).toBe(false);
});
