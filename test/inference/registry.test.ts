import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../src/inference/manifest.ts';
import { findPlugin, listPlugins, readPlugin, toolOf } from '../../src/inference/registry.ts';
import { constantModel, writePlugin } from './made-plugin.ts';
import { tempDir } from './temp-dir.ts';

const builtIn = fileURLToPath(new URL('../../plugins/player-tracker', import.meta.url));
const manifestText = await readFile(join(builtIn, 'manifest.json'), 'utf8');

describe('the list of plugins', () => {
  test('has the built-in player tracker, ready', async () => {
    expect(await listPlugins()).toContainEqual(expect.objectContaining({ id: 'player-tracker', state: 'ready' }));
  });

  test('has a broken one with its error, and the others work', async () => {
    const dir = await dirWithCopy('mine', '{ "id": "mine" }');
    const listed = await listPlugins([dir]);

    expect(listed.find(({ id }) => id === 'mine')).toMatchObject({
      state: 'broken',
      error: { code: 'plugin_broken', message: expect.stringContaining('version: ') },
    });
    expect(listed.find(({ id }) => id === 'player-tracker')).toMatchObject({ state: 'ready' });
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

  test('has a folder that is a link back to itself as broken, and the others work', async () => {
    const dir = tempDir();
    await symlink(join(dir, 'loop'), join(dir, 'loop'));
    await symlink(dir, join(dir, 'parent'));
    await symlink(join(dir, 'nowhere'), join(dir, 'dangling'));
    const listed = await listPlugins([dir]);

    expect(listed.filter(({ folder }) => folder.startsWith(dir))).toMatchObject([
      { id: 'dangling', state: 'broken', error: { message: expect.stringContaining('manifest.json is missing') } },
      { id: 'loop', state: 'broken', error: { message: expect.stringContaining('a link that leads back to itself') } },
      { id: 'parent', state: 'broken', error: { message: expect.stringContaining('manifest.json is missing') } },
    ]);
    expect(listed).toContainEqual(expect.objectContaining({ id: 'player-tracker', state: 'ready' }));
  });

  test('follows a link to a plugin’s folder, and has no links to files', async () => {
    const dir = tempDir();
    await symlink(await writePlugin(constantModel({}), { decoder: { name: 'yolo-v8' } }), join(dir, 'linked'));
    await symlink(join(builtIn, 'manifest.json'), join(dir, 'file'));
    const listed = await listPlugins([dir]);

    expect(listed.filter(({ folder }) => folder.startsWith(dir))).toMatchObject([{ id: 'made', state: 'ready' }]);
  });

  test('has labels from a file', async () => {
    const dir = tempDir();
    const folder = await writePlugin(constantModel({}), { ...labelled, labels: { file: 'labels.txt' } }, dir);
    await writeFile(join(folder, 'labels.txt'), 'person\r\nsports ball\n\n');

    expect((await findPlugin('made', [dir])).labels).toEqual(['person', 'sports ball']);
  });

  test('has a plugin as broken whose file of labels is missing, or has an empty line', async () => {
    const folder = await writePlugin(constantModel({}), { ...labelled, labels: { file: 'labels.txt' } });
    const missing = await readPlugin(folder);
    await writeFile(join(folder, 'labels.txt'), 'person\n\nball\n');

    expect(missing).toMatchObject({ error: { message: expect.stringContaining('labels.txt is missing') } });
    expect(await readPlugin(folder)).toMatchObject({
      state: 'broken',
      error: { message: expect.stringContaining('labels.txt: a label is empty') },
    });
  });

  test('has the second of two with one id as broken', async () => {
    const dir = await dirWithCopy('again', manifestText);
    const listed = await listPlugins([dir]);

    expect(listed.filter(({ id }) => id === 'player-tracker')).toMatchObject([
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
      message: expect.stringMatching(/^there is no plugin nope; there are: .*player-tracker/),
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
  const tracked = { name: 'track', description: '', tracks: true };

  test.each([
    ['a model outside its folder', { model: { file: '../model.onnx', sha256: 'a'.repeat(64) } }, 'model.file: '],
    ['a dialect that nobody knows', { dialect: 'coco' }, 'dialect: '],
    ['a limit for a label it does not have', { labels: ['red'] }, 'decoder.labels.ball: not one of labels'],
    ['a field that means nothing', { colour: 'red' }, 'colour'],
    ['no tools', { tools: [] }, 'tools: '],
    [
      'a tracker of more than all',
      { tools: [{ ...tracked, tracker: { score_high: 2 } }] },
      'tools.0.tracker.score_high: ',
    ],
  ])('with %s is refused', (_, change, message) => {
    const text = JSON.stringify({ ...JSON.parse(manifestText), ...change });
    expect(() => parseManifest(text)).toThrow(message);
  });
});

const labelled = { decoder: { name: 'yolo-v8' } };

const renamed = (id: string) => JSON.stringify({ ...JSON.parse(manifestText), id });

/** A folder of plugins with a copy of the built-in one under another manifest. */
async function dirWithCopy(name: string, manifest: string): Promise<string> {
  const dir = tempDir();
  await cp(builtIn, join(dir, name), { recursive: true });
  await writeFile(join(dir, name, 'manifest.json'), manifest);
  return dir;
}
