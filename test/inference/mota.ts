import type { TrackedDetection } from '../../src/inference/tool-run.ts';
import { assign } from '../../src/inference/track/assign.ts';
import { likenessOf, type SceneObject } from './football.ts';

export interface MotScore {
  /** 1 − (misses + false tracks + switches) ÷ objects; below 0 where there are more errors than objects. */
  readonly mota: number;
  readonly objectCount: number;
  readonly missCount: number;
  /** Boxes of tracks where no object is. */
  readonly falseCount: number;
  /** An object that is found under another id than last time. */
  readonly switchCount: number;
}

interface Frame {
  readonly objects: readonly SceneObject[];
  readonly tracked: readonly TrackedDetection[];
}

/** A pair that cannot be is dearer than any number of pairs that can. */
const impossible = 1_000;

/**
 * CLEAR MOT (Bernardin and Stiefelhagen 2008): an object keeps its track as long as that one still covers it; the
 * others are given the likest that are left, as many as possible. A box without an id is no track.
 */
export function motScoreOf(
  frames: readonly (readonly SceneObject[])[],
  found: readonly (readonly TrackedDetection[])[],
): MotScore {
  const lastId = new Map<number, number | undefined>();
  const counts = { objectCount: 0, missCount: 0, falseCount: 0, switchCount: 0 };
  for (const [i, objects] of frames.entries()) {
    const tracked = (found[i] ?? []).filter(({ track_id }) => track_id !== undefined);
    const paired = pairsOf({ objects, tracked }, lastId);
    counts.objectCount += objects.length;
    counts.missCount += objects.length - paired.size;
    counts.falseCount += tracked.length - paired.size;
    for (const [{ id }, { track_id }] of paired) {
      if (lastId.has(id) && lastId.get(id) !== track_id) counts.switchCount++;
      lastId.set(id, track_id);
    }
  }
  const { objectCount, missCount, falseCount, switchCount } = counts;
  return { mota: 1 - (missCount + falseCount + switchCount) / objectCount, ...counts };
}

function pairsOf({ objects, tracked }: Frame, lastId: ReadonlyMap<number, number | undefined>) {
  const paired = new Map<SceneObject, TrackedDetection>();
  for (const object of objects) {
    const kept = tracked.find(({ track_id }) => track_id === lastId.get(object.id));
    if (kept !== undefined && likenessOf(object, kept) > 0) paired.set(object, kept);
  }
  const taken = new Set(paired.values());
  const objectsLeft = objects.filter((object) => !paired.has(object));
  const trackedLeft = tracked.filter((box) => !taken.has(box));
  const given = assign(objectsLeft.map((object) => trackedLeft.map((box) => costOf(likenessOf(object, box)))));
  for (const [i, object] of objectsLeft.entries()) {
    const box = trackedLeft[given[i] ?? -1];
    if (box !== undefined && likenessOf(object, box) > 0) paired.set(object, box);
  }
  return paired;
}

const costOf = (likeness: number): number => (likeness > 0 ? 1 - likeness : impossible);
