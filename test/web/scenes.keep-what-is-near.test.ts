import { expect, test, vi } from 'vitest';
import { makeSceneWindows, type Scenes } from '../../web/src/places/player/scenes.ts';

const ball = { label: 'ball', x1: 0, y1: 0, x2: 1, y2: 1 };
const sceneAt = (frame: number): Scenes => new Map([[frame, { boxes: [ball], pitch: undefined }]]);

test('asking for a frame loads what is around it, once', async () => {
  const load = vi.fn(async (first: number) => sceneAt(first + 5));
  const windows = makeSceneWindows(load, () => undefined);

  expect([windows.sceneOf(5), windows.sceneOf(6)]).toEqual([undefined, undefined]);
  await Promise.resolve();
  await vi.waitFor(() => expect(windows.sceneOf(5)?.boxes).toEqual([ball]));
  expect(windows.sceneOf(6)?.boxes).toEqual([]);
  expect(load.mock.calls).toEqual([[0, 119]]);
});

test('what comes next is loaded before it is needed', () => {
  const load = vi.fn(async (first: number) => sceneAt(first));
  const windows = makeSceneWindows(load, () => undefined);

  windows.sceneOf(100);

  expect(load.mock.calls).toEqual([
    [0, 119],
    [120, 239],
  ]);
});

test('a window that could not be loaded is asked for again', async () => {
  const load = vi.fn(async (): Promise<Scenes | undefined> => undefined);
  const told = vi.fn();
  const windows = makeSceneWindows(load, told);

  windows.sceneOf(0);
  await vi.waitFor(() => expect(told).toHaveBeenCalled());
  windows.sceneOf(0);

  expect(load).toHaveBeenCalledTimes(2);
});

test('of a long video only the last windows are kept', async () => {
  const load = vi.fn(async (first: number) => sceneAt(first));
  const windows = makeSceneWindows(load, () => undefined);

  for (const index of Array.from({ length: 40 }, (_, i) => i)) windows.sceneOf(index * 120);
  await vi.waitFor(() => expect(windows.sceneOf(39 * 120)).toBeDefined());

  expect(windows.sceneOf(0)).toBeUndefined();
});
