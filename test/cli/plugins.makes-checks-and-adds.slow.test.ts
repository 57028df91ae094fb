import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { constantModel, writePlugin } from '../inference/made-plugin.ts';
import { tempDir } from '../inference/temp-dir.ts';
import { siltstone } from './siltstone.ts';

let home = '';

/** With a home of its own, where nothing was added yet. */
const plugins = (...args: readonly string[]) => siltstone(['plugins', ...args], { cwd: home, env: { HOME: home } });
const listed = () =>
  JSON.parse(plugins('--json').stdout) as readonly { readonly plugin: string; readonly state: string }[];

beforeEach(() => {
  home = tempDir();
});

test('a model becomes a plugin that is checked, added, listed and run by its id', () => {
  const model = constantModel({ output0: { shape: [1, 300, 6], values: Array(1800).fill(0) } }, [1, 3, 64, 64]);
  writeFileSync(join(home, 'Best.onnx'), model);
  writeFileSync(join(home, 'names.txt'), 'cat\ndog\n');

  const made = plugins('new', 'Best.onnx', '--labels', 'names.txt');
  expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('siltstone plugins check ./Best') });
  expect(JSON.parse(readFileSync(join(home, 'Best/manifest.json'), 'utf8'))).toMatchObject({
    extends: 'yolo',
    id: 'best',
    decoder: { name: 'yolo-end2end', output: 'output0' },
    labels: ['cat', 'dog'],
  });
  expect(plugins('check', './Best').stdout).toMatch(
    /ready +track +64 × 64 +yolo-end2end: output0 float32 \[1, 300, 6\] +0 detections, 0 issues/,
  );
  expect(plugins('add', './Best')).toMatchObject({ exitCode: 0 });
  expect(listed()).toContainEqual(expect.objectContaining({ plugin: 'best', state: 'ready' }));
  expect(plugins('check', 'best')).toMatchObject({ exitCode: 0 });
});

describe('plugins add', () => {
  test('refuses a broken plugin, and leaves nothing behind', async () => {
    const folder = await writePlugin(constantModel({}), { decoder: { name: 'yolo' } }, home);

    expect(plugins('add', folder)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('decoder.name: ') });
    expect(listed().map(({ plugin }) => plugin)).not.toContain('made');
  });

  test('refuses an id that is taken, and says by which folder', async () => {
    const folder = await writePlugin(constantModel({}), { id: 'player-tracker', decoder: { name: 'yolo-v8' } }, home);

    expect(plugins('add', folder)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/there is a plugin player-tracker already, in .*player-tracker: remove it first/),
    });
  });

  test('copies, so that the folder may go, or links, so that it may change', async () => {
    const folder = await writePlugin(constantModel({}), { id: 'mine', decoder: { name: 'yolo-v8' } }, home);
    const linked = await writePlugin(constantModel({}), { id: 'linked', decoder: { name: 'yolo-v8' } }, home);
    plugins('add', folder);
    plugins('add', linked, '--link');
    writeFileSync(join(folder, 'model.onnx'), 'changed');
    writeFileSync(join(linked, 'model.onnx'), 'changed');

    expect(listed().find(({ plugin }) => plugin === 'mine')).toMatchObject({ state: 'ready' });
    expect(listed().find(({ plugin }) => plugin === 'linked')).toMatchObject({ state: 'broken' });
  });

  test('adds to the first of the folders that the setting names, and the others are listed as well', async () => {
    const [first, second] = [join(home, 'one'), join(home, 'two')];
    mkdirSync(second);
    mkdirSync(first);
    await writePlugin(constantModel({}), { id: 'there', decoder: { name: 'yolo-v8' } }, second);
    const folder = await writePlugin(constantModel({}), { decoder: { name: 'yolo-v8' } }, home);
    const set = ['--set', `plugin_dirs=${first}:${second}`];

    expect(plugins('add', folder, ...set)).toMatchObject({ exitCode: 0 });
    expect(plugins(...set).stdout).toMatch(/^made .*ready\n(.*\n)*there .*ready$/m);
  });
});

test.each([
  [['add'], 'plugins add needs a plugin’s folder'],
  [['new'], 'plugins new needs a model'],
  [['check', 'nothing'], 'nothing is neither a folder nor a plugin; there are: '],
  [['check', '--set', 'plugin_dirs=/nowhere/at/all'], 'list the plugins in /nowhere/at/all: '],
])('plugins %j says what is missing', (args, message) => {
  expect(plugins(...args)).toMatchObject({ stdout: '', stderr: expect.stringContaining(message) });
});

test('a plugin that does not run ends the check with its reason, and exit code 1', async () => {
  const model = constantModel({ output0: { shape: [1, 3], values: [1, 2, 3] } });
  const folder = await writePlugin(model, { decoder: { name: 'yolo-v8' } }, home);

  expect(plugins('check', folder)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('broken'),
    stderr: expect.stringContaining(
      'the output output0 is float32 [1, 3]; yolo-v8 with 2 labels reads numbers [1, 6, boxes]',
    ),
  });
});
