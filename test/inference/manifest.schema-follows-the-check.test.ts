import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { decoderOptions, dialectOf } from '../../src/inference/decoders/index.ts';
import { manifestJsonSchema } from '../../src/inference/index.ts';
import { dialectNames, issueTable } from '../../src/inference/normalise/index.ts';
import { driftedPages } from '../events/drift.ts';

const read = async (path: string) =>
  JSON.parse(await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8'));
const isManifest = new Ajv2020({ strict: false }).compile(manifestJsonSchema());

test('docs/plugin.schema.json is what src/inference says', () => {
  expect(driftedPages().filter((line) => line.includes('docs/plugin'))).toEqual([]);
});

test('docs/dialects.md is what the dialects say, and names each with every code of an issue', async () => {
  const page = await readFile(fileURLToPath(new URL('../../docs/dialects.md', import.meta.url)), 'utf8');

  expect(driftedPages().filter((line) => line.includes('docs/dialects'))).toEqual([]);
  expect(dialectNames.filter((name) => !page.includes(`\n### ${name}\n`))).toEqual([]);
  expect(Object.keys(issueTable).filter((code) => !page.includes(`\n| \`${code}\` `))).toEqual([]);
});

test('the schema takes the manifest of a built-in plugin, and refuses a field that means nothing', async () => {
  const manifest = await read('plugins/player-tracker/manifest.json');

  expect(isManifest(manifest), JSON.stringify(isManifest.errors)).toBe(true);
  expect(isManifest({ ...manifest, colour: 'red' })).toBe(false);
});

test('docs/plugins.md names every decoder with its dialect, and manifests that are right', async () => {
  const page = await readFile(fileURLToPath(new URL('../../docs/plugins.md', import.meta.url)), 'utf8');
  const rows = decoderOptions.options.map(({ shape }) => shape.name.value).map((name) => [name, dialectOf(name)]);
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];

  expect(
    rows.filter(([name, dialect]) => !new RegExp(`^\\| \`${name}\` .*\`${dialect}\` +\\|$`, 'm').test(page)),
  ).toEqual([]);
  expect(isManifest(JSON.parse(example.replace('5e6f…', '5'.repeat(64))))).toBe(true);
});
