import type { Point } from '../oriented-box.ts';
import { isBall } from './ball.ts';
import type { DrawnBox } from './boxes.ts';
import { inOrder } from './clip.ts';
import { groupBy } from './group.ts';
import { ballLook, type Look, lookOf } from './palette.ts';
import type { Shape } from './shapes.ts';
import type { Sizes } from './sizes.ts';

/** Where tracks have been lately. */
export interface Trails {
  /** Also of frames that are not drawn. */
  add(frameIndex: number, boxes: readonly DrawnBox[]): void;
  /** @param isWanted which of the tracks, by their label */
  draw(sizes: Sizes, isWanted: (track: { readonly label: string }) => boolean): readonly Shape[];
}

interface Step extends Point {
  readonly frameIndex: number;
}

interface Trail {
  label: string;
  steps: Step[];
}

/** A track that was lost for longer begins anew: nobody knows where it was. */
const gapFramesMax = 5;
/** From new to old: how strong and how wide a trail is drawn. */
const ages = [
  { opacity: 1, width: 1.1 },
  { opacity: 0.7, width: 1 },
  { opacity: 0.4, width: 0.8 },
] as const;
/** Of the rim around the line. */
const rimOpacity = 0.22;

/** @param frameCount how many frames a trail lasts; 0 for none */
export function makeTrails(frameCount: number): Trails {
  const trails = new Map<number, Trail>();
  let now = 0;
  return {
    add(frameIndex, boxes) {
      now = frameIndex;
      for (const box of boxes) addStep(trails, box, frameIndex);
      for (const [id, trail] of trails) {
        trail.steps = trail.steps.filter((step) => step.frameIndex > now - frameCount);
        if (trail.steps.length === 0) trails.delete(id);
      }
    },
    draw(sizes, isWanted) {
      const wanted = [...trails.values()].filter(isWanted);
      const looks = groupBy(wanted, (trail) => (isBall(trail) ? ballLook : lookOf(trail.label)));
      return [...looks].flatMap(([look, group]) => drawTrails(group, look, { now, frameCount, sizes }));
    },
  };
}

function addStep(trails: Map<number, Trail>, box: DrawnBox, frameIndex: number): void {
  const ordered = inOrder(box);
  if (box.track_id === undefined || ordered === undefined) return;
  const { x1, y1, x2, y2 } = ordered;
  // A player is where the feet are; a ball is where it is.
  const step = { x: (x1 + x2) / 2, y: isBall(box) ? (y1 + y2) / 2 : y2, frameIndex };
  const trail = trails.get(box.track_id);
  if (trail?.steps.at(-1)?.frameIndex === frameIndex) return;
  if (trail === undefined) trails.set(box.track_id, { label: box.label, steps: [step] });
  else Object.assign(trail, { label: box.label, steps: [...trail.steps, step] });
}

interface Moment {
  readonly now: number;
  readonly frameCount: number;
  readonly sizes: Sizes;
}

/** One rim along the whole of each trail, and over it the line in parts, the older the fainter. */
function drawTrails(
  trails: readonly Trail[],
  { colour, halo }: Look,
  { now, frameCount, sizes: { linePx, haloPx } }: Moment,
): readonly Shape[] {
  const runs = trails.flatMap(({ steps }) => runsOf(steps)).map(smooth);
  const rim = { colour: halo, widthPx: linePx + 2 * haloPx, opacity: rimOpacity };
  const byAge = groupBy(runs.flatMap(piecesOf), ([, to]) =>
    Math.min(ages.length - 1, Math.floor(((now - to.frameIndex) / frameCount) * ages.length)),
  );
  const fromOld = [...byAge].sort(([a], [b]) => b - a);
  return [
    { type: 'lines', paths: runs.map((points) => ({ points })), stroke: rim },
    ...fromOld.map(([age, pieces]): Shape => {
      const { opacity = 1, width = 1 } = ages[age] ?? {};
      const paths = joined(pieces).map((points) => ({ points }));
      return { type: 'lines', paths, stroke: { colour, widthPx: width * linePx, opacity } };
    }),
  ];
}

type Piece = readonly [from: Step, to: Step];

/** The steps between two gaps that are too long to tell what was in them. */
function runsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const runs: Step[][] = [];
  for (const step of steps) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run === undefined || before === undefined || step.frameIndex - before.frameIndex > gapFramesMax)
      runs.push([step]);
    else run.push(step);
  }
  return runs;
}

const piecesOf = (steps: readonly Step[]): readonly Piece[] =>
  steps.slice(1).flatMap((to, i) => (steps[i] === undefined ? [] : [[steps[i], to]]));

/** Pieces that go on where the one before ends, as one line: else their ends would lie on each other and be seen. */
function joined(pieces: readonly Piece[]): readonly (readonly Point[])[] {
  const lines: Step[][] = [];
  for (const [from, to] of pieces) {
    const line = lines.at(-1);
    if (line?.at(-1) === from) line.push(to);
    else lines.push([from, to]);
  }
  return lines;
}

const smoothingSteps = 4;
/** A way is as round with every third step. Which are kept goes by the frame, so that a line does not tremble. */
const keptOf = 3;

/** The mean of each step with its neighbours: boxes tremble by a few pixels. The newest stays where the box is. */
function smooth(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap(({ frameIndex }, i) => {
    const reach = Math.min(smoothingSteps, i, steps.length - 1 - i);
    if (reach > 0 && frameIndex % keptOf !== 0) return [];
    const near = steps.slice(i - reach, i + reach + 1);
    const mean = (side: 'x' | 'y') => near.reduce((sum, step) => sum + step[side], 0) / near.length;
    return [{ x: mean('x'), y: mean('y'), frameIndex }];
  });
}
