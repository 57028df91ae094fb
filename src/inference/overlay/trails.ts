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
  { opacity: 0.75, width: 1 },
  { opacity: 0.5, width: 0.9 },
  { opacity: 0.3, width: 0.8 },
] as const;
/** How much of the line’s own opacity the rim around it has. */
const rimPart = 0.4;

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

function drawTrails(
  trails: readonly Trail[],
  { colour, halo }: Look,
  { now, frameCount, sizes }: Moment,
): readonly Shape[] {
  const pieces = trails.flatMap(({ steps }) => piecesOf(smooth(steps)));
  const byAge = groupBy(pieces, ([, to]) =>
    Math.min(ages.length - 1, Math.floor(((now - to.frameIndex) / frameCount) * ages.length)),
  );
  const fromOld = [...byAge].sort(([a], [b]) => b - a);
  const stroked = fromOld.map(([age, group]) => ({
    paths: joined(group).map((points) => ({ points })),
    opacity: ages[age]?.opacity ?? 1,
    widthPx: (ages[age]?.width ?? 1) * sizes.linePx,
  }));
  return [
    ...stroked.map(({ paths, opacity, widthPx }): Shape => {
      const stroke = { colour: halo, widthPx: widthPx + 2 * sizes.haloPx, opacity: rimPart * opacity };
      return { type: 'lines', paths, stroke };
    }),
    ...stroked.map(
      ({ paths, opacity, widthPx }): Shape => ({ type: 'lines', paths, stroke: { colour, widthPx, opacity } }),
    ),
  ];
}

type Piece = readonly [from: Step, to: Step];

function piecesOf(steps: readonly Step[]): readonly Piece[] {
  return steps.slice(1).flatMap((to, i): readonly Piece[] => {
    const from = steps[i];
    return from === undefined || to.frameIndex - from.frameIndex > gapFramesMax ? [] : [[from, to]];
  });
}

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

/** The mean of each step with its neighbours: boxes tremble by a few pixels. The newest stays where the box is. */
function smooth(steps: readonly Step[]): readonly Step[] {
  return steps.map(({ frameIndex }, i) => {
    const reach = Math.min(smoothingSteps, i, steps.length - 1 - i);
    const near = steps.slice(i - reach, i + reach + 1);
    const mean = (side: 'x' | 'y') => near.reduce((sum, step) => sum + step[side], 0) / near.length;
    return { x: mean('x'), y: mean('y'), frameIndex };
  });
}
