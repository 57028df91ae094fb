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
  graph.output('y', graph.input('x', 'float32', modelInput.shape), modelInput.shape);
  const modelPath = join(tempDir(), 'echo.onnx');
  await writeFile(modelPath, graph.write());
  const runtime = await openRuntime({ modelPath, provider: 'cpu', threads: 1, input: modelInput });
  const { y } = await runtime.run(makePacker(input)(rgba));
  await runtime.close();
  return [...(y?.values ?? [])];
}
