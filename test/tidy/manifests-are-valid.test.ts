import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readPlugin } from '../../src/inference/registry.ts';
import { tempFolder } from '../make/warehouse.ts';
import { tree } from './tree.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = tree()
  .filter(({ path }) => /^(plugins|examples)\/.*manifest\.json$/.test(path))
  .map(({ path }) => dirname(path));

/** What is wrong with a plugin's folder; nothing of one that can be used, or that others extend. */
async function wrongWith(folder: string): Promise<string | undefined> {
  const listed = await readPlugin(folder);
  return listed.state === 'broken' ? listed.error.message : undefined;
}

test('there are manifests of plugins and of examples', () => {
  expect(folders).toEqual(expect.arrayContaining(['plugins/player-tracker', 'examples/bright-python']));
});

test.each(folders)('the manifest of %s is valid, and what it names is there', async (folder) => {
  expect(await wrongWith(join(root, folder))).toBeUndefined();
});

/** A copy of a good plugin with one mistake in it. */
function planted(plugin: string, change: (manifest: Record<string, unknown>, folder: string) => void): string {
  const folder = join(tempFolder(), 'planted');
  cpSync(join(root, plugin), folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  change(manifest, folder);
  writeFileSync(path, JSON.stringify(manifest));
  return folder;
}

test.each([
  [
    'a dialect that there is not',
    'examples/faulty',
    (it: Record<string, unknown>) => (it.dialect = 'coco'),
    'dialect: ',
  ],
  ['a field that nobody knows', 'examples/faulty', (it: Record<string, unknown>) => (it.colour = 'red'), 'colour'],
  ['no tool', 'examples/bright-python', (it: Record<string, unknown>) => (it.tools = []), 'tools: '],
  [
    'a model that is another',
    'plugins/player-tracker',
    (_: Record<string, unknown>, folder: string) =>
      copyFileSync(join(root, 'plugins/ocr/model.onnx'), join(folder, 'model.onnx')),
    'sha256',
  ],
  [
    'a module that is not there',
    'examples/bright-module',
    (it: Record<string, unknown>) => (it.module = { file: 'gone.mjs' }),
    'gone.mjs is missing',
  ],
])('a manifest with %s is found', async (_, plugin, change, words) => {
  expect(await wrongWith(planted(plugin, change))).toContain(words);
});
