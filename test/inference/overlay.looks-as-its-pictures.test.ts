import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Pixels } from '../../src/inference/media/index.ts';

interface SceneModule {
  readonly scenes: Readonly<Record<string, (isPlanted?: boolean) => Pixels>>;
}

const folder = new URL('overlay/', import.meta.url);
const { scenes } = (await import(new URL('scenes.mjs', folder).href)) as SceneModule;
const names = Object.keys(scenes);

/** Where a colour differs by less, on a scale from 0 to 1, nobody sees it. */
const threshold = 0.1;
/** Another processor may round an edge otherwise: so many px may differ, of 230,000 or more. */
const differentPxMax = 8;

const drawn = new Map(names.map((name) => [name, scenes[name]?.()]));

/** How many px of a picture look otherwise than in the golden one; smoothed edges are not counted. */
async function differentPx(name: string, pixels: Pixels | undefined): Promise<number> {
  const path = fileURLToPath(new URL(`${name}.png`, folder));
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  expect(pixels).toMatchObject({ width: info.width, height: info.height });
  return pixelmatch(data, pixels?.rgba ?? data, undefined, info.width, info.height, { threshold });
}

describe('the overlay looks as in its golden picture', () => {
  test.each(names)('%s', async (name) => {
    expect(await differentPx(name, drawn.get(name))).toBeLessThanOrEqual(differentPxMax);
  });
});

describe('a golden picture tells a small mistake', () => {
  test.each(names)('%s', async (name) => {
    expect(await differentPx(name, scenes[name]?.(true))).toBeGreaterThan(2 * differentPxMax);
  });
});

test('every combination of the layers looks otherwise', () => {
  const { width, rgba } = drawn.get('toggles') ?? { width: 0, rgba: new Uint8Array() };
  const tiles = Array.from({ length: 16 }, (_, i) => {
    const [left, top] = [(i % 4) * 320, Math.floor(i / 4) * 180];
    const rows = Array.from({ length: 180 }, (_, y) => ((top + y) * width + left) * 4);
    return Buffer.concat(rows.map((from) => rgba.subarray(from, from + 320 * 4))).toString('latin1');
  });

  expect(new Set(tiles).size).toBe(16);
});
