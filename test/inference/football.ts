import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { iou } from '../../src/inference/box.ts';
import { openForm } from '../../src/inference/forms/index.ts';
import { openMedia } from '../../src/inference/media/index.ts';
import type { Point } from '../../src/inference/oriented-box.ts';
import { findPlugin, toolOf } from '../../src/inference/registry.ts';
import { makeToolRun, type ToolRun, type TrackedDetection } from '../../src/inference/tool-run.ts';

const sampleUrl = (name: string) => new URL(`../../samples/${name}`, import.meta.url);

/** One player, the referee or the ball: its box is left, top, right, bottom in px. */
export interface SceneObject {
  readonly id: number;
  readonly label: string;
  readonly box: readonly [number, number, number, number];
}

/** One in a scene, where it is known where it stands, metres. */
export interface PlacedObject extends SceneObject {
  readonly place: Point;
}

/** A text that can be read, at its place. */
export interface SceneText {
  readonly text: string;
  readonly box: readonly [number, number, number, number];
}

interface SceneModule {
  makeScene(seed: number): (timeMs: number) => {
    rgba: Uint8ClampedArray;
    objects: readonly PlacedObject[];
    texts: readonly SceneText[];
    /** Where a place of the pitch, metres, is in the frame. */
    camera: (point: readonly [number, number, number]) => { readonly x: number; readonly y: number };
  };
}

/** The scene of the sample clip, to render frames that the plugin has never seen. */
export const { makeScene } = (await import(sampleUrl('scene.mjs').href)) as SceneModule;

export const clipPath = fileURLToPath(sampleUrl('football.mp4'));

interface Truth {
  readonly frames: readonly (readonly [number, string, number, number, number, number])[][];
  readonly texts: readonly (readonly [string, number, number, number, number])[][];
}

const readTruthFile = async () => JSON.parse(await readFile(sampleUrl('football.truth.json'), 'utf8')) as Truth;

/** What is in each frame of the clip. */
export async function readTruth(): Promise<readonly (readonly SceneObject[])[]> {
  return (await readTruthFile()).frames.map((rows) => rows.map(([id, label, ...box]) => ({ id, label, box })));
}

/** What can be read in each frame of the clip. */
export async function readTexts(): Promise<readonly (readonly SceneText[])[]> {
  return (await readTruthFile()).texts.map((rows) => rows.map(([text, ...box]) => ({ text, box })));
}

/** The plugin's first tool over frames of 1280 × 720 px, on the CPU. */
export async function openToolRun(id = 'player-tracker'): Promise<{ readonly run: ToolRun; close(): Promise<void> }> {
  const plugin = await findPlugin(id);
  const tool = toolOf(plugin);
  const form = await openForm(plugin, { tool: tool.name, provider: 'cpu', threads: 1 });
  return { run: makeToolRun({ plugin, tool, form }), close: () => form.close() };
}

/** @param step so many frames apart */
export async function detectInClip(id = 'player-tracker', step = 1): Promise<readonly (readonly TrackedDetection[])[]> {
  const media = await openMedia(clipPath, 1);
  const tool = await openToolRun(id);
  const found = [];
  for await (const frame of media.frames) {
    if (frame.index % step === 0) found.push((await tool.run(frame)).detections);
  }
  await tool.close();
  await media.close();
  return found;
}

/** The plugin over a scene that no clip holds, a frame each `stepMs`. */
export async function detectInScene(seed: number, { frameCount, stepMs }: { frameCount: number; stepMs: number }) {
  const renderAt = makeScene(seed);
  const tool = await openToolRun();
  const objects: (readonly SceneObject[])[] = [];
  const detections: (readonly TrackedDetection[])[] = [];
  for (let i = 0; i < frameCount; i++) {
    const scene = renderAt(i * stepMs);
    objects.push(scene.objects);
    const rgba = new Uint8Array(scene.rgba.buffer);
    detections.push((await tool.run({ width: 1280, height: 720, rgba })).detections);
  }
  await tool.close();
  return { objects, detections };
}

interface Pair<T> {
  readonly object: T;
  readonly detection: TrackedDetection;
}

/** Which detection finds which object: a player by an overlap of 0.3, the ball by a distance of 8 px. */
export function pairs<T extends SceneObject>(
  objects: readonly T[],
  detections: readonly TrackedDetection[],
): readonly Pair<T>[] {
  const left = new Set(detections);
  return objects.flatMap((object) => {
    const likeness = (detection: TrackedDetection) => likenessOf(object, detection);
    const best = [...left].sort((a, b) => likeness(b) - likeness(a))[0];
    if (best === undefined || likeness(best) === 0) return [];
    left.delete(best);
    return [{ object, detection: best }];
  });
}

export function likenessOf({ label, box }: SceneObject, detection: TrackedDetection): number {
  const [x1, y1, x2, y2] = box;
  if ((label === 'ball') !== (detection.label === 'ball')) return 0;
  if (label !== 'ball') return iou({ x1, y1, x2, y2 }, detection) >= 0.3 ? iou({ x1, y1, x2, y2 }, detection) : 0;
  const distance = Math.hypot(x1 + x2 - detection.x1 - detection.x2, y1 + y2 - detection.y1 - detection.y2) / 2;
  return distance < 8 ? 1 / (1 + distance) : 0;
}

interface Score {
  readonly recall: number;
  readonly precision: number;
  /** Of the players found, those whose shirt was told rightly. */
  readonly rightLabels: number;
  readonly ballRecall: number;
}

/** Recall and precision over the players and the referee; the ball apart. */
export function scoreOf(
  frames: readonly (readonly SceneObject[])[],
  found: readonly (readonly TrackedDetection[])[],
): Score {
  const paired = frames.flatMap((objects, i) => pairs(objects, found[i] ?? []));
  const isBall = ({ label }: { readonly label: string }) => label === 'ball';
  const players = frames.flat().filter((object) => !isBall(object)).length;
  const playerPairs = paired.filter(({ object }) => !isBall(object));
  return {
    recall: playerPairs.length / players,
    precision: playerPairs.length / found.flat().filter((detection) => !isBall(detection)).length,
    rightLabels:
      playerPairs.filter(({ object, detection }) => object.label === detection.label).length / playerPairs.length,
    ballRecall: (paired.length - playerPairs.length) / frames.flat().filter(isBall).length,
  };
}

/** For each object the track ids that it had. */
export function idsOfObjects(
  frames: readonly (readonly SceneObject[])[],
  found: readonly (readonly TrackedDetection[])[],
): readonly ReadonlySet<number>[] {
  const idsOf = new Map<number, Set<number>>();
  for (const { object, detection } of frames.flatMap((objects, i) => pairs(objects, found[i] ?? []))) {
    if (detection.track_id === undefined) continue;
    idsOf.set(object.id, (idsOf.get(object.id) ?? new Set()).add(detection.track_id));
  }
  return [...idsOf.values()];
}

/** Rounded, to be read in the log of a test run. */
export const figuresOf = (score: object): string =>
  Object.entries(score)
    .map(([name, value]) => `${name} ${Number(value).toFixed(4)}`)
    .join(', ');
