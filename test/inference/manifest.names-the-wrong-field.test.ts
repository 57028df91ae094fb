import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../src/inference/manifest.ts';
import { madeManifest } from './made-plugin.ts';

const sound = {
  ...madeManifest,
  form: 'model',
  model: { file: 'model.onnx', sha256: 'a'.repeat(64) },
  decoder: { name: 'yolo-v8' },
};

const { tools, input, model, decoder } = sound;
const [tool] = tools;
const sizes = (values: readonly number[]) => ({ name: 'sizes', type: 'int64', shape: [1, 2], values });
const { model: _, input: __, decoder: ___, ...rest } = sound;
const command = { ...rest, form: 'command', command: ['python3', 'plugin.py'] };
const module = { ...rest, form: 'module', module: { file: 'plugin.mjs' } };

const refused = (manifest: object) => {
  try {
    parseManifest(JSON.stringify(manifest));
    return 'it was taken';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

test('manifests of the three forms are taken, and a model needs not name its form', () => {
  expect(parseManifest(JSON.stringify(sound)).form).toBe('model');
  expect(parseManifest(JSON.stringify({ ...sound, form: undefined })).form).toBe('model');
  expect(parseManifest(JSON.stringify(command)).form).toBe('command');
  expect(parseManifest(JSON.stringify(module)).form).toBe('module');
});

describe('a manifest is refused by the name of its wrong field:', () => {
  test.each([
    ['form', { form: 'script' }, 'form: one of model, module, command'],
    ['id', { id: 'My Plugin' }, 'id: lower-case letters, digits and dashes'],
    ['version', { version: 'latest' }, 'version: a version like 1.0.0'],
    ['description', { description: 7 }, 'description: '],
    ['tools', { tools: [] }, 'tools: '],
    ['name of a tool', { tools: [{ ...tool, name: 'Detect' }] }, 'tools.0.name: lower-case'],
    ['description of a tool', { tools: [{ ...tool, description: null }] }, 'tools.0.description: '],
    ['tracks of a tool', { tools: [{ ...tool, tracks: 'yes' }] }, 'tools.0.tracks: '],
    ['model', { model: 'model.onnx' }, 'model: '],
    ['file of the model', { model: { ...model, file: '../model.onnx' } }, 'model.file: the name of a file'],
    ['sum of the model', { model: { ...model, sha256: 'ab' } }, 'model.sha256: 64 hexadecimal digits'],
    ['input', { input: [640, 640] }, 'input: '],
    ['name of the input', { input: { ...input, name: '' } }, 'input.name: '],
    ['width', { input: { ...input, width: 0 } }, 'input.width: '],
    ['height', { input: { ...input, height: 'auto' } }, 'input.height: '],
    ['layout', { input: { ...input, layout: 'chw' } }, 'input.layout: '],
    ['type of the input', { input: { ...input, type: 'float64' } }, 'input.type: '],
    ['values of a constant', { input: { ...input, constants: [sizes([640])] } }, 'input.constants.0.values: as many'],
    ['kind of a constant', { input: { ...input, constants: [sizes([1, 0.5])] } }, 'input.constants.0.values: whole'],
    ['channels', { input: { ...input, channels: 'hsv' } }, 'input.channels: '],
    ['scale', { input: { ...input, scale: 0 } }, 'input.scale: '],
    ['mean', { input: { ...input, mean: 'imagenet' } }, 'input.mean: '],
    ['std', { input: { ...input, std: [0, 0, 0] } }, 'input.std.0: '],
    ['fit', { input: { ...input, fit: 'crop' } }, 'input.fit: '],
    ['decoder', { decoder: { name: 'yolo' } }, 'decoder.name: '],
    ['output of the decoder', { decoder: { ...decoder, output: 3 } }, 'decoder.output: '],
    ['lowest score', { decoder: { ...decoder, score_min: 25 } }, 'decoder.score_min: '],
    ['highest overlap', { decoder: { ...decoder, overlap_max: -1 } }, 'decoder.overlap_max: '],
    ['suppression', { decoder: { ...decoder, suppress: true } }, 'decoder.suppress: '],
    ['count', { decoder: { ...decoder, count_max: 0 } }, 'decoder.count_max: '],
    ['an option of another decoder', { decoder: { ...decoder, alphabet: 'abc' } }, 'decoder: '],
    ['labels', { labels: [] }, 'labels: '],
    ['file of the labels', { labels: { file: '/etc/passwd' } }, 'labels.file: the name of a file'],
    ['neither list nor file of labels', { labels: 'coco' }, 'labels: a list of names, or { "file": … }'],
    ['dialect', { dialect: 'coco' }, 'dialect: '],
    ['dialect of another decoder', { dialect: 'class-score' }, 'dialect: the decoder yolo-v8 gives xyxy-score-class'],
    ['devices', { devices: ['tpu'] }, 'devices.0: '],
    ['a field that means nothing', { colour: 'red' }, 'colour'],
  ])('%s', (_, change, message) => {
    expect(refused({ ...sound, ...change })).toContain(message);
  });

  test.each([
    ['command', { ...command, command: 'python3 plugin.py' }, 'command: '],
    ['devices of a command', { ...command, devices: ['gpu'] }, 'devices.0: '],
    ['module', { ...module, module: { file: 'src/plugin.mjs' } }, 'module.file: the name of a file'],
    ['a model of a module', { ...module, model }, 'model'],
  ])('%s', (_, manifest, message) => {
    expect(refused(manifest)).toContain(message);
  });

  test('and a field that is missing, each of them', () => {
    const names = Object.keys(sound).filter((name) => name !== 'form');
    const messages = names.map((name) => refused({ ...sound, [name]: undefined }));
    expect(messages.map((message) => /^manifest\.json: (\w+)/.exec(message)?.[1])).toEqual(names);
  });
});
