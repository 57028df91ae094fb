import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPlugin, newPlugin } from '../../src/inference/index.ts';
import { describeModel } from '../../src/inference/runtime.ts';
import { stubOf } from '../../src/inference/stub.ts';
import { constantModel, type MadeOutputs, runFolder, writePlugin } from './made-plugin.ts';
import { tempDir } from './temp-dir.ts';

describe('a manifest made of a model', () => {
  /** As `newPlugin` makes it, without its processes. */
  const made = async (tensors: MadeOutputs, inputShape?: readonly number[]) => {
    const model = constantModel(tensors, inputShape);
    const folder = await writePlugin(model, {});
    const modelPath = join(folder, 'model.onnx');
    const sha256 = createHash('sha256').update(model).digest('hex');
    const shape = await describeModel(modelPath);
    const stub = stubOf({ file: 'model.onnx', sha256, shape, labels: undefined });
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(stub.manifest));
    return { folder, ...stub };
  };
  const zeros = (...shape: number[]) => ({ shape, values: Array(shape.reduce((a, b) => a * b, 1)).fill(0) });
  const one = (...shape: number[]): MadeOutputs => ({ output0: zeros(...shape) });

  test.each([
    ['yolo-v8', one(1, 7, 300), 3],
    ['yolo-v5', one(1, 300, 8), 3],
    ['yolo-v5', one(1, 1200, 6), 1],
    ['yolo-end2end', one(1, 300, 6), 1],
    ['yolo-v7-end2end', one(5, 7), 1],
    ['ssd', one(1, 1, 20, 7), 1],
    ['classify', one(1, 10), 10],
    ['mmdeploy', { dets: zeros(1, 9, 5), labels: zeros(1, 9) }, 1],
    ['detr', { dets: zeros(1, 9, 4), labels: zeros(1, 9, 3) }, 3],
    ['detr', { logits: zeros(1, 9, 4), pred_boxes: zeros(1, 9, 4) }, 4],
    ['detr', { pred_logits: zeros(1, 9, 4), pred_boxes: zeros(1, 9, 4) }, 3],
    ['boxes-scores-labels', { boxes: zeros(1, 9, 4), scores: zeros(1, 9), labels: zeros(1, 9) }, 1],
    [
      'efficient-nms',
      { num_dets: zeros(1, 1), det_boxes: zeros(1, 9, 4), det_scores: zeros(1, 9), det_classes: zeros(1, 9) },
      1,
    ],
  ] as const)('takes the decoder %s by the outputs, and runs as it is', async (name, tensors, labelCount) => {
    const { folder, manifest } = await made(tensors);

    expect(manifest).toMatchObject({ id: 'model', decoder: { name }, labels: { length: labelCount } });
    expect(await runFolder(folder, { width: 64, height: 64 })).toMatchObject({ issues: [] });
  });

  test.each([
    [[1, 3, 96, 128], { layout: 'nchw', type: 'float32', channels: 'rgb', width: 128, height: 96 }],
    [[1, 96, 128, 4], { layout: 'nhwc', type: 'uint8', channels: 'rgba', width: 128, height: 96 }],
  ])('takes the input of %j as it is', async (shape, input) => {
    expect((await made(one(1, 10), shape)).manifest).toMatchObject({ input });
  });

  test('knows what well-known exports take beside the image, and says what it does not know', () => {
    const tensor = (name: string, type: string, shape: readonly (number | string)[]) => ({ name, type, shape });
    const inputs = [
      tensor('orig_target_sizes', 'int64', ['N', 2]),
      tensor('images', 'float16', [1, 3, 480, 640]),
      tensor('threshold', 'float32', []),
    ];
    const { manifest, notes } = stubOf({ file: 'm.onnx', sha256: '', shape: { inputs, outputs: [] }, labels: ['a'] });

    expect(manifest.input).toMatchObject({
      ...{ name: 'images', type: 'float16', width: 640, height: 480 },
      constants: [
        { name: 'orig_target_sizes', type: 'int64', shape: [1, 2], values: [640, 480] },
        { name: 'threshold', type: 'float32', shape: [], values: [0] },
      ],
    });
    expect(notes).toContain('input.constants: what threshold is, is not known: zeros stand there, fill it in');
  });

  test('says what it had to guess', async () => {
    expect((await made(one(1, 2, 3))).notes).toEqual([
      'no decoder is known for its outputs output0 float32 [1, 2, 3]: choose one of docs/plugins.md',
      'labels: their names are not in the model, fill them in',
    ]);
  });

  test('takes a model with thousands of classes in each step for no detector', async () => {
    expect((await made(one(1, 4, 5000))).notes[0]).toMatch(/^no decoder is known for its outputs output0/);
  });

  test('takes the labels that stand in the model, or in a file, and checks', async () => {
    const dir = tempDir();
    const names = `{0: 'cat', 1: "dog's", 2: 'it\\'s'}`;
    await writeFile(join(dir, 'Best Model.onnx'), Buffer.concat([constantModel(one(1, 3)), property('names', names)]));
    await writeFile(join(dir, 'names.txt'), 'a\nb\nc\n');
    const inModel = await newPlugin(join(dir, 'Best Model.onnx'), join(dir, 'one'));
    const inFile = await newPlugin(join(dir, 'Best Model.onnx'), join(dir, 'two'), join(dir, 'names.txt'));

    expect(inModel).toMatchObject({ manifest: { id: 'best-model', labels: ['cat', `dog's`, `it's`] }, notes: [] });
    expect(inFile).toMatchObject({ manifest: { labels: ['a', 'b', 'c'] }, notes: [] });
    expect(await checkPlugin(join(dir, 'one'))).toMatchObject({ tool: 'detect', detections: [{ label: 'cat' }] });
  });

  test('is not made of a file that is no model, nor over another manifest', async () => {
    const { folder } = await made(one(1, 3));
    const text = join(tempDir(), 'notes.onnx');
    await writeFile(text, 'these are only words');

    await expect(newPlugin(text, join(tempDir(), 'x'))).rejects.toMatchObject({ code: 'plugin_broken' });
    await expect(newPlugin(join(folder, 'model.onnx'), folder)).rejects.toMatchObject({
      code: 'file_not_writable',
      message: expect.stringContaining('there is a manifest.json already'),
    });
    await expect(newPlugin('nowhere.onnx', tempDir())).rejects.toMatchObject({ code: 'file_not_readable' });
  });
});

/** A model's property, as the last field of its file: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
function property(key: string, value: string): Buffer {
  const field = (number: number, bytes: Buffer) => Buffer.concat([Buffer.of(number * 8 + 2, bytes.length), bytes]);
  return field(14, Buffer.concat([field(1, Buffer.from(key)), field(2, Buffer.from(value))]));
}
