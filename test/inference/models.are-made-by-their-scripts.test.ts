import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const pluginUrl = (path: string) => new URL(`../../plugins/${path}`, import.meta.url);

interface ModelModule {
  makeModel(): Uint8Array;
}

test.each(['player-tracker', 'ocr'])('the script of %s makes its model again, byte for byte', async (plugin) => {
  const { makeModel } = (await import(pluginUrl(`${plugin}/model.mjs`).href)) as ModelModule;
  const committed = await readFile(pluginUrl(`${plugin}/model.onnx`));

  expect(Buffer.compare(makeModel(), committed)).toBe(0);
});
