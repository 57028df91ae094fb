import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../src/inference/manifest.ts';
import { findPlugin, listPlugins, toolOf } from '../../src/inference/registry.ts';
import { tempDir } from './temp-dir.ts';

const builtIn = fileURLToPath(new URL('../../plugins/player-tracker', import.meta.url));
const manifestText = await readFile(join(builtIn, 'manifest.json'), 'utf8');

describe('the list of plugins', () => {
  test('has the built-in player tracker, ready', async () => {
    expect(await listPlugins()).toMatchObject([{ id: 'player-tracker', state: 'ready' }]);
  });

  test('has a broken one with its error, and the others work', async () => {
    const dir = await dirWithCopy('mine', '{ "id": "mine" }');
    const listed = await listPlugins([dir]);

    expect(listed).toMatchObject([
      { id: 'mine', state: 'broken', error: { code: 'plugin_broken', message: expect.stringContaining('version: ') } },
      { id: 'player-tracker', state: 'ready' },
    ]);
  });

  test('has a model that was changed as broken, with both sums', async () => {
    const dir = await dirWithCopy('mine', renamed('mine'));
    await writeFile(join(dir, 'mine', 'model.onnx'), 'another model');
    const [mine] = await listPlugins([dir]);

    expect(mine).toMatchObject({
      state: 'broken',
      error: { message: expect.stringMatching(/model\.onnx has sha256 [0-9a-f]{64}, the manifest says [0-9a-f]{64}/) },
    });
  });

  test('has a plugin without its model as broken', async () => {
    const dir = await dirWithCopy('mine', renamed('mine'));
    await rm(join(dir, 'mine', 'model.onnx'));
    const [mine] = await listPlugins([dir]);

    expect(mine).toMatchObject({
      state: 'broken',
      error: { message: expect.stringContaining('model.onnx is missing') },
    });
  });

  test('has the second of two with one id as broken', async () => {
    const dir = await dirWithCopy('again', manifestText);
    const listed = await listPlugins([dir]);

    expect(listed).toMatchObject([
      { id: 'player-tracker', state: 'ready', folder: builtIn },
      { id: 'player-tracker', state: 'broken', error: { message: expect.stringContaining('is taken by') } },
    ]);
  });

  test('cannot be given where a folder of plugins is missing', async () => {
    await expect(listPlugins([join(tempDir(), 'nowhere')])).rejects.toMatchObject({ code: 'file_not_readable' });
  });
});

describe('a plugin', () => {
  test('is found by its id, also beside a broken one of the same id', async () => {
    const plugin = await findPlugin('player-tracker', [await dirWithCopy('again', manifestText)]);
    expect(plugin.folder).toBe(builtIn);
  });

  test('that is not there is refused with the names of those that are', async () => {
    await expect(findPlugin('nope')).rejects.toMatchObject({
      code: 'bad_usage',
      message: 'there is no plugin nope; there are: player-tracker',
    });
  });

  test('that is broken is refused with its reason', async () => {
    const dir = await dirWithCopy('mine', '{');
    await expect(findPlugin('mine', [dir])).rejects.toMatchObject({
      code: 'plugin_broken',
      message: expect.stringContaining('manifest.json is not JSON'),
    });
  });

  test('gives its first tool unless another is asked for', async () => {
    const plugin = await findPlugin('player-tracker');
    expect([toolOf(plugin).name, toolOf(plugin, 'detect').name]).toEqual(['track', 'detect']);
    expect(() => toolOf(plugin, 'count')).toThrow('has no tool count; it has: track, detect');
  });
});

describe('a manifest', () => {
  test.each([
    ['a model outside its folder', { model: { file: '../model.onnx', sha256: 'a'.repeat(64) } }, 'model.file: '],
    ['a dialect that nobody knows', { dialect: 'coco' }, 'dialect: '],
    ['a limit for a label it does not have', { labels: ['red'] }, 'decoder.labels.ball: not one of labels'],
    ['a field that means nothing', { colour: 'red' }, 'colour'],
    ['no tools', { tools: [] }, 'tools: '],
  ])('with %s is refused', (_, change, message) => {
    const text = JSON.stringify({ ...JSON.parse(manifestText), ...change });
    expect(() => parseManifest(text)).toThrow(message);
  });
});

const renamed = (id: string) => JSON.stringify({ ...JSON.parse(manifestText), id });

/** A folder of plugins with a copy of the built-in one under another manifest. */
async function dirWithCopy(name: string, manifest: string): Promise<string> {
  const dir = tempDir();
  await cp(builtIn, join(dir, name), { recursive: true });
  await writeFile(join(dir, name, 'manifest.json'), manifest);
  return dir;
}
