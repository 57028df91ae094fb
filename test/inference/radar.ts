import { unproject } from '../../src/inference/pitch/index.ts';
import type { ToolResult } from '../../src/inference/tool-run.ts';
import { makeScene, openToolRun, type PlacedObject, pairs } from './football.ts';

interface RadarScore {
  /** Share of the frames in which it is known how the pitch lies. */
  readonly accepted: number;
  /** Of the players that were found, how far from their places they are shown, metres: median and nine of ten. */
  readonly medianM: number;
  readonly ninetiethM: number;
  /** The same of feet that are exactly known: what the homography alone does. */
  readonly exactMedianM: number;
  readonly exactMaxM: number;
}

/** The radar of a scene that no clip holds, a frame each `stepMs`, against where everybody is. */
export async function radarOfScene(
  seed: number,
  { frameCount, stepMs }: { frameCount: number; stepMs: number },
): Promise<RadarScore> {
  const renderAt = makeScene(seed);
  const tool = await openToolRun();
  const shown: number[] = [];
  const exact: number[] = [];
  let accepted = 0;
  for (let i = 0; i < frameCount; i++) {
    const { rgba, objects } = renderAt(i * stepMs);
    const result = await tool.run({ width: 1280, height: 720, rgba: new Uint8Array(rgba.buffer) });
    accepted += Number(result.pitch?.accepted === true);
    shown.push(...shownErrors(objects, result));
    exact.push(...exactErrors(objects, result));
  }
  await tool.close();
  const score = { accepted: accepted / frameCount, medianM: partOf(shown, 0.5), ninetiethM: partOf(shown, 0.9) };
  return { ...score, exactMedianM: partOf(exact, 0.5), exactMaxM: partOf(exact, 1) };
}

const shownErrors = (objects: readonly PlacedObject[], result: ToolResult): readonly number[] =>
  pairs(objects, result.detections).flatMap(({ object, detection: { x1, x2, y2 } }) =>
    errorOf(object, [x1, 0, x2, y2], result),
  );

const exactErrors = (objects: readonly PlacedObject[], result: ToolResult): readonly number[] =>
  objects.flatMap((object) => errorOf(object, object.box, result));

/** Metres; nothing of the ball, which flies, and where the pitch is not known. */
function errorOf(
  { label, place }: PlacedObject,
  [x1, , x2, y2]: readonly number[],
  { pitch }: ToolResult,
): readonly number[] {
  if (label === 'ball' || pitch?.accepted !== true || x1 === undefined || x2 === undefined || y2 === undefined)
    return [];
  const found = unproject(pitch.homography, { x: (x1 + x2) / 2, y: y2 });
  return found === undefined ? [Number.POSITIVE_INFINITY] : [Math.hypot(found.x - place.x, found.y - place.y)];
}

function partOf(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
