import { z } from 'zod';
import { type Box, overlapOfSmaller } from '../box.ts';
import { defineDecoder, type PayloadRow } from './define.ts';
import { groundOptions, onGround } from './ground.ts';
import { jsonNumber, readOutput } from './tensors.ts';

const limits = {
  score_min: z.number().min(0).max(1),
  count_max: z.int().min(1),
  rank: z.int().min(0),
};

/** What a manifest may say to this decoder. */
const boxesOptions = z.strictObject({
  name: z.literal('boxes'),
  output: z.string().min(1),
  score_min: limits.score_min,
  overlap_max: z.number().min(0).max(1),
  /** Exceptions by label. Boxes of a lower rank are taken first, and hide those of a higher one. */
  labels: z.record(z.string(), z.strictObject(limits).partial()).default({}),
  ground: groundOptions.optional(),
});

type BoxesOptions = z.infer<typeof boxesOptions>;

interface Row extends Box {
  readonly score: number;
  readonly label: string;
  readonly classIndex: number;
  readonly rank: number;
}

const rowLength = 6;
/**
 * Boxes with limits of each label: the head of the built-in player tracker.
 *
 * Reads [1, boxes, 6]: x1, y1, x2, y2 in px of the model's input, score 0 to 1, class.
 */
export const boxes = defineDecoder(boxesOptions, 'xyxy-score-class', (outputs, options, { labels }) => {
  const { values } = readOutput(outputs, options.output, ['boxes', rowLength], 'boxes');
  const found = readRows(values, labels, options);
  const { standing, sized } =
    options.ground === undefined
      ? { standing: found, sized: (row: Row) => row }
      : onGround(found, options.ground, options.score_min);
  const rows = standing.toSorted((a, b) => a.rank - b.rank || b.score - a.score);
  return { payload: suppress(rows, options).map((row) => payloadOf(sized(row))), issues: [] };
});

function readRows(values: Float32Array | Float64Array, labels: readonly string[], options: BoxesOptions): Row[] {
  const rows: Row[] = [];
  for (let start = 0; start + rowLength <= values.length; start += rowLength) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, classIndex = 0] = values.subarray(start, start + rowLength);
    const label = labels[classIndex] ?? '';
    const own = options.labels[label];
    // Asked this way round, a score that is no number stays, and normalise() reports it.
    if (score < (own?.score_min ?? scoreMinOf(label, options))) continue;
    rows.push({ x1, y1, x2, y2, score, label, classIndex, rank: own?.rank ?? 0 });
  }
  return rows;
}

const payloadOf = ({ x1, y1, x2, y2, score, classIndex }: Row): PayloadRow =>
  [x1, y1, x2, y2, score, classIndex].map(jsonNumber);

const scoreMinOf = (label: string, { score_min, ground }: BoxesOptions): number =>
  ground?.labels.includes(label) ? Math.min(score_min, ground.score_min) : score_min;

/** Non-maximum suppression over all labels, and the count of each label kept to its limit. */
function suppress(rows: readonly Row[], options: BoxesOptions): readonly Row[] {
  const kept: Row[] = [];
  const counts = new Map<string, number>();
  for (const row of rows) {
    const count = counts.get(row.label) ?? 0;
    if (count >= (options.labels[row.label]?.count_max ?? Number.POSITIVE_INFINITY)) continue;
    if (kept.some((other) => overlapOfSmaller(other, row) > options.overlap_max)) continue;
    kept.push(row);
    counts.set(row.label, count + 1);
  }
  return kept;
}
