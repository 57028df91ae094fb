import { z } from 'zod';
import type { Box } from '../box.ts';

/** What a manifest may say of people who stand on one plane. */
export const groundOptions = z.strictObject({
  labels: z.array(z.string()).min(1).describe('labels of what stands upright on the ground, all about as tall'),
  score_min: z.number().min(0).max(1).describe('where the ground is found, a box that fits it needs only this score'),
  score_trusted: z.number().min(0).max(1).describe('the ground is found from boxes of this score'),
  ratio_max: z
    .number()
    .min(1)
    .max(10)
    .describe('a box that is so many times taller or lower than its place asks is none'),
  anchor: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('of its height, from above: where a box is exact; its size then follows the ground, and so do its feet'),
});

type GroundOptions = z.infer<typeof groundOptions>;

interface Standing extends Box {
  readonly score: number;
  readonly label: string;
}

/** How tall what stands with its feet at `y` is: slope × y + start, px. */
interface Ground {
  readonly slope: number;
  readonly start: number;
}

/** So many boxes have to agree: a line goes through any two. */
const agreeingMin = 5;
/** Boxes agree with a line within this ratio: sizes come in steps. */
const agreeingRatio = 1.2;

/**
 * Leaves out boxes that do not fit the ground, such as a sock that looks like a small shirt. Where no ground can be
 * told, those below `scoreMin` are left out instead. Others than `labels`, and what is no number, stay.
 * @returns what stays, and how a box gets the size that its place asks for, where the options have an `anchor`
 */
export function onGround<T extends Standing>(
  rows: readonly T[],
  options: GroundOptions,
  scoreMin: number,
): { readonly standing: readonly T[]; readonly sized: (row: T) => T } {
  const { labels, score_trusted, ratio_max, anchor } = options;
  const isPerson = (row: T) => labels.includes(row.label);
  const trusted = rows.filter((row) => isPerson(row) && row.score >= score_trusted);
  const ground = findGround(trusted.filter(({ y1, y2 }) => Number.isFinite(y2 - y1)));
  if (ground === undefined) {
    return { standing: rows.filter((row) => !isPerson(row) || !(row.score < scoreMin)), sized: (row) => row };
  }
  return {
    standing: rows.filter((row) => !isPerson(row) || isWithin(ratio_max, row, ground)),
    sized: (row) => (anchor === undefined || !isPerson(row) ? row : { ...row, ...sizedBy(ground, row, anchor) }),
  };
}

/** The box around the same place of the body that is as tall as the ground asks. What is no number stays as it is. */
function sizedBy({ slope, start }: Ground, box: Box, anchor: number): Box {
  const at = box.y1 + anchor * heightOf(box);
  // Of the feet: y2 = at + (1 − anchor) × (slope × y2 + start).
  const y2 = (at + (1 - anchor) * start) / (1 - (1 - anchor) * slope);
  const height = slope * y2 + start;
  if (!(height > 0)) return box;
  const middle = (box.x1 + box.x2) / 2;
  const halfWidth = ((box.x2 - box.x1) / 2) * (height / heightOf(box));
  return { x1: middle - halfWidth, y1: y2 - height, x2: middle + halfWidth, y2 };
}

/**
 * Under a camera that is held level, heights grow in line with how far the feet are below the horizon. Of the lines
 * through two boxes each, this is the one that most boxes agree with, so that false ones have no say.
 */
function findGround(boxes: readonly Box[]): Ground | undefined {
  let best: Ground | undefined;
  let bestCount = agreeingMin - 1;
  for (const upper of boxes) {
    for (const lower of boxes) {
      const ground = groundThrough(upper, lower);
      // Seen from above, people do not grow downwards; such a line is made of chance.
      if (!(ground.slope > 0)) continue;
      const count = boxes.filter((box) => isWithin(agreeingRatio, box, ground)).length;
      if (count <= bestCount) continue;
      best = ground;
      bestCount = count;
    }
  }
  return best && lineThrough(boxes.filter((box) => isWithin(agreeingRatio, box, best)));
}

function groundThrough(upper: Box, lower: Box): Ground {
  const down = lower.y2 - upper.y2;
  // Two that stand side by side say nothing of the slope.
  const slope = down < heightOf(upper) ? Number.NaN : (heightOf(lower) - heightOf(upper)) / down;
  return { slope, start: heightOf(upper) - slope * upper.y2 };
}

/** The line of least squares. */
function lineThrough(boxes: readonly Box[]): Ground {
  const meanY = mean(boxes.map((box) => box.y2));
  const meanHeight = mean(boxes.map(heightOf));
  const slope =
    mean(boxes.map((box) => (box.y2 - meanY) * (heightOf(box) - meanHeight))) /
    mean(boxes.map((box) => (box.y2 - meanY) ** 2));
  return { slope, start: meanHeight - slope * meanY };
}

/** What is no number is within: normalise() reports it. */
function isWithin(ratioMax: number, box: Box, { slope, start }: Ground): boolean {
  const ratio = heightOf(box) / (slope * box.y2 + start);
  return !(ratio > ratioMax || ratio < 1 / ratioMax);
}

const heightOf = ({ y1, y2 }: Box): number => y2 - y1;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
