import type { Row } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { type Reader, readSql } from '../query/index.ts';
import { type FrameBoxes, type JobBox, matchFrame } from './match-frame.ts';
import { type BoxComparison, makeTally } from './tally.ts';

export interface Jobs {
  readonly a: string;
  readonly b: string;
}

/** A stage of the runs that succeeded. Times in ms, null where a job has none; ratios are B ÷ A. */
export interface LatencyComparison {
  /** `run` is the whole. */
  readonly stage: string;
  readonly median_a: number | null;
  readonly median_b: number | null;
  readonly median_ratio: number | null;
  readonly p95_a: number | null;
  readonly p95_b: number | null;
  readonly p95_ratio: number | null;
}

export interface Comparison {
  readonly job_a: string;
  readonly job_b: string;
  /** A pair of boxes has at least this IoU. */
  readonly iou: number;
  readonly frames: { readonly both: number; readonly only_a: number; readonly only_b: number };
  readonly boxes: BoxComparison;
  readonly latencies: readonly LatencyComparison[];
}

/** So many frames are in memory at a time. */
const framesAtOnce = 2_000;

/**
 * The detections and latencies of two jobs, side by side.
 * @throws SiltstoneError `bad_usage` where a job has no frame
 */
export async function compareJobs(reader: Reader, { a, b }: Jobs, iou: number): Promise<Comparison> {
  const frames = await framesOf(reader, { a, b });
  if (frames.both + frames.only_a === 0) throw withoutFrames(a);
  if (frames.both + frames.only_b === 0) throw withoutFrames(b);
  const tally = makeTally();
  for await (const frame of framesWithBoxes(reader, { a, b })) tally.add(matchFrame(frame, iou));
  return { job_a: a, job_b: b, iou, frames, boxes: tally.result(), latencies: await latenciesOf(reader, { a, b }) };
}

const withoutFrames = (job: string): SiltstoneError =>
  new SiltstoneError('bad_usage', `there is nothing to compare of the job ${job}: no frame that ran, no detection`);

async function framesOf(reader: Reader, { a, b }: Jobs): Promise<Comparison['frames']> {
  const [row] = await reader.rows(readSql('compare/frames.sql'), [a, b]);
  return { both: Number(row?.both), only_a: Number(row?.only_a), only_b: Number(row?.only_b) };
}

/** Those without a box in either job are left out. */
async function* framesWithBoxes(reader: Reader, { a, b }: Jobs): AsyncGenerator<FrameBoxes> {
  let from = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = await reader.rows(readSql('compare/boxes.sql'), [a, b, from, framesAtOnce]);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield* framesIn(rows);
    from = Number(last.frame_index) + 1;
  }
}

/** Rows come frame by frame. */
function framesIn(rows: readonly Row[]): Iterable<FrameBoxes> {
  const frames = new Map<number, { readonly frame: number; readonly a: JobBox[]; readonly b: JobBox[] }>();
  for (const row of rows) {
    const frame = Number(row.frame_index);
    const boxes = frames.get(frame) ?? { frame, a: [], b: [] };
    frames.set(frame, boxes);
    boxes[row.is_a ? 'a' : 'b'].push(boxOf(row));
  }
  return frames.values();
}

const boxOf = ({ label, score, x1, y1, x2, y2, text }: Row): JobBox => ({
  label: String(label),
  score: score === null ? null : Number(score),
  ...{ x1: Number(x1), y1: Number(y1), x2: Number(x2), y2: Number(y2) },
  text: text === null ? null : String(text),
});

async function latenciesOf(reader: Reader, { a, b }: Jobs): Promise<readonly LatencyComparison[]> {
  const rows = await reader.rows(readSql('compare/latencies.sql'), [a, b]);
  return rows.map((row) => {
    const [median_a, median_b] = [numberOf(row.median_a), numberOf(row.median_b)];
    const [p95_a, p95_b] = [numberOf(row.p95_a), numberOf(row.p95_b)];
    return {
      stage: String(row.stage),
      ...{ median_a, median_b, median_ratio: ratioOf(median_b, median_a) },
      ...{ p95_a, p95_b, p95_ratio: ratioOf(p95_b, p95_a) },
    };
  });
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const ratioOf = (b: number | null, a: number | null): number | null =>
  a === null || b === null || a === 0 ? null : Math.round((b / a) * 1e6) / 1e6;
