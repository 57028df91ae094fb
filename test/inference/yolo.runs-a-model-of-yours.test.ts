import { describe, expect, test } from 'vitest';
import { findPlugin, listPlugins, readPlugin } from '../../src/inference/registry.ts';
import { constantModel, type MadeOutputs, runFolder, writePlugin } from './made-plugin.ts';

/** A box in the middle of 640 × 640, of the second of two labels. */
const outputs: MadeOutputs = { output0: { shape: [1, 6, 8], values: rowsOf([320, 320, 64, 32, 0, 0.9], 8) } };
const model = constantModel(outputs, [1, 3, 640, 640]);
const own = { extends: 'yolo', input: { name: 'image' }, labels: ['cat', 'dog'] };
const fromBase = { tools: undefined, dialect: undefined, devices: undefined };

describe('the built-in yolo', () => {
  test('is listed as one that needs a model, and says how to bring it', async () => {
    const listed = await listPlugins();

    expect(listed.find(({ id }) => id === 'yolo')).toMatchObject({ state: 'base' });
    await expect(findPlugin('yolo')).rejects.toMatchObject({
      message: expect.stringContaining('siltstone plugins new MODEL.onnx'),
    });
  });

  test('runs the model that another manifest names, with what that says in its stead', async () => {
    const folder = await writePlugin(model, { ...own, ...fromBase });
    const { detections, letterbox } = await runFolder(folder, { width: 320, height: 160 });

    expect(letterbox).toMatchObject({ scale: 2, left: 0, top: 160 });
    expect(detections).toMatchObject([{ label: 'dog', x1: 144, y1: 72, x2: 176, y2: 88 }]);
  });

  test.each([
    ['another base', { extends: 'resnet' }, 'extends: there is only yolo'],
    ['a wrong field of its own', { labels: [] }, 'labels: '],
    ['a wrong size', { input: { name: 'image', width: -1 } }, 'input.width: '],
    ['no model', { model: undefined }, 'model: '],
  ])('is no help to a manifest with %s', async (_, change, message) => {
    const folder = await writePlugin(model, { ...own, ...fromBase, ...change });

    expect(await readPlugin(folder)).toMatchObject({
      state: 'broken',
      error: { message: expect.stringContaining(message) },
    });
  });

  test('is a whole manifest but for its model', async () => {
    const input = { name: 'image', width: 64, height: 64 };
    const wide = constantModel({ output0: { shape: [1, 84, 100], values: Array(8400).fill(0) } }, [1, 3, 64, 64]);
    const folder = await writePlugin(wide, { ...own, ...fromBase, labels: undefined, input });

    expect(await runFolder(folder)).toMatchObject({ detections: [], issues: [] });
  });
});

/** One column of a box, and columns of zeros. */
function rowsOf(column: readonly number[], columnCount: number): readonly number[] {
  return column.flatMap((value) => [value, ...Array<number>(columnCount - 1).fill(0)]);
}
