import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makePacker, modelInputOf } from '../../src/inference/input.ts';
import type { InputOptions } from '../../src/inference/manifest.ts';
import { openRuntime } from '../../src/inference/runtime.ts';
import { makeGraph, runFolder, writePlugin } from './made-plugin.ts';
import { tempDir } from './temp-dir.ts';

/** Two pixels: one of 10, 20, 30 and one of 40, 50, 60. */
const rgba = Uint8Array.of(10, 20, 30, 255, 40, 50, 60, 255);

const byDefault: InputOptions = {
  name: 'x',
  width: 2,
  height: 1,
  layout: 'nchw',
  type: 'float32',
  channels: 'rgb',
  scale: 1,
  mean: [0],
  std: [1],
  fit: 'letterbox',
  constants: [],
};

test.each([
  ['channel by channel', {}, [10, 40, 20, 50, 30, 60]],
  ['pixel by pixel', { layout: 'nhwc' }, [10, 20, 30, 40, 50, 60]],
  ['blue first', { channels: 'bgr' }, [30, 60, 20, 50, 10, 40]],
  ['grey', { channels: 'grey' }, [18, 48]],
  ['with their fourth channel', { channels: 'rgba', layout: 'nhwc' }, [10, 20, 30, 255, 40, 50, 60, 255]],
  ['scaled', { scale: 1 / 255 }, [10, 40, 20, 50, 30, 60].map((byte) => byte / 255)],
  ['by one mean and deviation', { mean: [10], std: [2] }, [0, 15, 5, 20, 10, 25]],
  ['by those of each channel', { mean: [10, 20, 30], std: [1, 2, 3] }, [0, 30, 0, 15, 0, 10]],
] as const)('a model gets floats %s', async (_, change, expected) => {
  const input = { ...byDefault, ...change, mean: [...('mean' in change ? change.mean : [0])] } as InputOptions;
  expect(await throughModel(input)).toEqual(expected.map((value) => expect.closeTo(value, 4)));
});

test('a model of half floats gets them, and what it gives is read', async () => {
  const half = await throughModel({ ...byDefault, type: 'float16', scale: 1 / 255 });

  expect(half).toEqual([10, 40, 20, 50, 30, 60].map((byte) => expect.closeTo(byte / 255, 3)));
  expect(half).not.toEqual(await throughModel({ ...byDefault, scale: 1 / 255 }));
});

test.each([
  ['float32', [0.5, 2]],
  ['float16', [0.5, 2]],
  ['int64', [640, -1]],
  ['int32', [640, -1]],
  ['uint8', [0, 255]],
] as const)('a model gets a constant of %s beside the image', async (type, values) => {
  const graph = makeGraph('constant');
  graph.input('x', 'float32', [1, 3, 1, 2]);
  graph.output('y', graph.input('size', type, [1, 2]), [1, 2], type);
  const constants = [{ name: 'size', type, shape: [1, 2], values: [...values] }];

  expect(await outputOf(graph, { ...byDefault, constants })).toEqual(values);
});

test('a model of bytes gets the very bytes, without a copy', () => {
  const pack = makePacker({ ...byDefault, type: 'uint8', channels: 'rgba', layout: 'nhwc' });
  expect(pack(rgba)).toBe(rgba);
});

test('a model of bytes gets them channel by channel as well', () => {
  expect(makePacker({ ...byDefault, type: 'uint8' })(rgba)).toEqual(Uint8Array.of(10, 40, 20, 50, 30, 60));
});

test('a plugin with the input of a usual export runs', async () => {
  const graph = makeGraph('float');
  graph.input('images', 'float32', [1, 3, 64, 64]);
  graph.output('output0', graph.floats([8, 20, 16, 24, 0.9, 1], [1, 1, 6]), [1, 1, 6]);
  const input = { name: 'images', width: 64, height: 64, layout: 'nchw', type: 'float32', channels: 'rgb' };
  const folder = await writePlugin(graph.write(), { input, decoder: { name: 'yolo-end2end' } });

  expect((await runFolder(folder)).detections).toMatchObject([{ label: 'ball', x1: 16, y1: 8, x2: 32, y2: 16 }]);
});

test('boxes in px of the size that the model was told are put back on the frame', async () => {
  const graph = makeGraph('rt-detr');
  graph.input('images', 'float32', [1, 3, 64, 64]);
  const size = graph.op('Cast', [graph.input('orig_target_sizes', 'int64', [1, 2])], { to: 1 });
  const [parts, scores] = [graph.floats([0, 0.25, 0.5, 0.5], [1, 1, 4]), graph.floats([0.9], [1, 1])];
  graph.output('boxes', graph.op('Mul', [parts, graph.op('Concat', [size, size], { axis: 1 })]), [1, 1, 4]);
  graph.output('scores', scores, [1, 1]);
  graph.output('labels', graph.floats([1], [1, 1]), [1, 1], 'int64');
  const input = { name: 'images', width: 64, height: 64, layout: 'nchw', type: 'float32', channels: 'rgb' };
  const constants = [{ name: 'orig_target_sizes', type: 'int64', shape: [1, 2], values: [64, 64] }];
  const decoder = { name: 'boxes-scores-labels' };
  const folder = await writePlugin(graph.write(), { input: { ...input, constants }, decoder });
  const without = await writePlugin(graph.write(), { input, decoder });

  expect((await runFolder(folder)).detections).toMatchObject([{ label: 'ball', x1: 0, y1: 0, x2: 64, y2: 32 }]);
  await expect(runFolder(without)).rejects.toMatchObject({
    message: expect.stringContaining('the model takes orig_target_sizes too: give each in input.constants'),
  });
});

test('a model with another input than the manifest says is refused with both', async () => {
  const graph = makeGraph('float');
  graph.input('images', 'float32', [1, 3, 64, 64]);
  graph.output('output0', graph.floats([8, 20, 16, 24, 0.9, 1], [1, 1, 6]), [1, 1, 6]);
  const folder = await writePlugin(graph.write(), {
    input: { name: 'images', width: 64, height: 64, layout: 'nhwc', type: 'uint8' },
    decoder: { name: 'yolo-end2end' },
  });

  await expect(runFolder(folder)).rejects.toMatchObject({
    code: 'plugin_broken',
    message: expect.stringContaining(
      'images is uint8 [1, 64, 64, 4] in the manifest, float32 [1, 3, 64, 64] in the model',
    ),
  });
});

/** What a model that gives back its input was given. */
async function throughModel(input: InputOptions): Promise<readonly number[]> {
  const modelInput = modelInputOf(input);
  const graph = makeGraph('echo');
  graph.output('y', graph.input('x', input.type, modelInput.shape), modelInput.shape, input.type);
  return outputOf(graph, input);
}

async function outputOf(graph: ReturnType<typeof makeGraph>, input: InputOptions): Promise<readonly number[]> {
  const modelPath = join(tempDir(), 'echo.onnx');
  await writeFile(modelPath, graph.write());
  const runtime = await openRuntime({ modelPath, provider: 'cpu', threads: 1, input: modelInputOf(input) });
  const { y } = await runtime.run(makePacker(input)(rgba));
  await runtime.close();
  return [...(y?.values ?? [])];
}
