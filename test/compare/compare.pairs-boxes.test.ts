import { expect, test } from 'vitest';
import { type Comparison, compareJobs, judge } from '../../src/compare/index.ts';
import { openJobEmitter } from '../../src/emitters/index.ts';
import { compacted, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

interface Box {
  readonly frame_index: number;
  readonly x: number;
  readonly label?: string;
  readonly score?: number | null;
  readonly text?: string;
  readonly width?: number;
}

/** Boxes of 20 × 50 px; each of the frames 0 to 3 took the first ms, the last of them the second. */
function writeBoxes({ path: warehouse }: Warehouse, jobId: string, boxes: readonly Box[], ms = [10, 10]): void {
  const job = openJobEmitter({ warehouse, jobId, plugin: 'p', strict: true });
  const tool = 't';
  for (const frame_index of [0, 1, 2, 3]) {
    const duration_ms = ms[frame_index === 3 ? 1 : 0] ?? 0;
    job.pluginRun({ tool, frame_index, duration_ms, inference_ms: duration_ms / 2, success: true });
  }
  job.pluginRun({ tool, frame_index: 0, duration_ms: 9_999, success: false });
  for (const { frame_index, x, label = 'red', score = 0.5, text, width = 20 } of boxes) {
    const box = { x1: x, y1: 0, x2: x + width, y2: 50 };
    job.detection({ tool, frame_index, label, ...box, score, ...(text !== undefined && { text }) });
  }
  job.close();
}

const before: readonly Box[] = [
  { frame_index: 0, x: 0 },
  { frame_index: 0, x: 12 },
  { frame_index: 1, x: 100, text: '10' },
  // Inverted: no box, and like itself all the same.
  { frame_index: 2, x: 100, width: -20 },
];

async function compared(after: readonly Box[], ms?: readonly number[]): Promise<Comparison> {
  const warehouse = tempWarehouse();
  writeBoxes(warehouse, 'a', before);
  await compacted(warehouse);
  writeBoxes(warehouse, 'b', after, ms === undefined ? undefined : [...ms]);
  return compareJobs(await tempReader(warehouse), { a: 'a', b: 'b' }, 0.5);
}

const strict = { minMatch: 1, maxScoreDiff: 0, maxLatencyRatio: 1 };

test('the same boxes are all matched, with nothing between them, and are within the strictest limits', async () => {
  const found = await compared(before);

  expect(found.frames).toEqual({ both: 4, only_a: 0, only_b: 0 });
  expect(found.boxes).toMatchObject({
    matched: 4,
    only_a: 0,
    only_b: 0,
    match_ratio: 1,
    iou_min: 1,
    score_diff_max: 0,
  });
  expect(found.boxes.frames).toEqual([]);
  expect(judge(found, strict)).toEqual([]);
});

test('boxes are given to each other so that they fit best in all, whatever their order', async () => {
  const found = await compared([{ frame_index: 0, x: 14 }, { frame_index: 0, x: 2 }, ...before.slice(2)]);

  expect(found.boxes).toMatchObject({ matched: 4, only_a: 0, only_b: 0, iou_min: expect.closeTo(18 / 22, 9) });
  expect(found.boxes.ious.slice(8)).toEqual([
    { from: 0.8, boxes: 2 },
    { from: 0.9, boxes: 2 },
  ]);
});

test('a box that is missing, new, far or of another label is on one side only, and its frame is named', async () => {
  const found = await compared([
    { frame_index: 0, x: 0, label: 'blue' },
    { frame_index: 0, x: 12 },
    { frame_index: 1, x: 115 },
    ...before.slice(3),
    { frame_index: 9, x: 500 },
  ]);

  expect(found.frames).toEqual({ both: 4, only_a: 0, only_b: 1 });
  expect(found.boxes).toMatchObject({ matched: 2, only_a: 2, only_b: 3, match_ratio: 2 / 7 });
  expect(found.boxes.frames.map(({ frame_index, only_a, only_b }) => [frame_index, only_a, only_b])).toEqual([
    [0, 1, 1],
    [1, 1, 1],
    [9, 0, 1],
  ]);
  expect(judge(found, { minMatch: 0.3 })).toEqual(['the match ratio is 0.285714, below 0.3']);
  expect(judge(found, { minMatch: 0.28 })).toEqual([]);
});

test('scores and texts that differ are told', async () => {
  const found = await compared([
    { frame_index: 0, x: 0, score: 0.25 },
    ...before.slice(1, 2),
    { frame_index: 1, x: 100, text: '16' },
    ...before.slice(3),
  ]);

  expect(found.boxes).toMatchObject({ matched: 4, texts_differ: 1, score_diff_max: 0.25, scores_missing: 0 });
  expect(judge(found, { maxScoreDiff: 0.25 })).toEqual([]);
  expect(judge(found, { maxScoreDiff: 0.2 })).toEqual(['the greatest difference of scores is 0.25, above 0.2']);
});

test('a score that one job lacks is past any limit', async () => {
  const found = await compared([{ frame_index: 0, x: 0, score: null }, ...before.slice(1)]);

  expect(found.boxes).toMatchObject({ matched: 4, scores_missing: 1, score_diff_max: 0, frames: [{ frame_index: 0 }] });
  expect(judge(found, { maxScoreDiff: 1 })).toEqual(['matched boxes that have a score in one job only: 1']);
});

test('latencies are medians and 95th percentiles of the runs that succeeded, by stage', async () => {
  const found = await compared(before, [15, 45]);

  expect(found.latencies).toEqual([
    {
      ...{ stage: 'run', median_a: 10, median_b: 15, median_ratio: 1.5 },
      ...{ p95_a: 10, p95_b: 40.5, p95_ratio: 4.05 },
    },
    {
      ...{ stage: 'inference', median_a: 5, median_b: 7.5, median_ratio: 1.5 },
      ...{ p95_a: 5, p95_b: 20.25, p95_ratio: 4.05 },
    },
  ]);
  expect(judge(found, { maxLatencyRatio: 1.5 })).toEqual([]);
  expect(judge(found, { maxLatencyRatio: 1.4 })).toEqual(['the median run takes 1.5 times as long, above 1.4']);
  expect(judge({ ...found, latencies: [] }, { maxLatencyRatio: 1 })).toHaveLength(1);
});

test('a job that is not there is no job without differences', async () => {
  const warehouse = tempWarehouse();
  writeBoxes(warehouse, 'a', before);
  const reader = await tempReader(warehouse);

  await expect(compareJobs(reader, { a: 'a', b: 'nope' }, 0.5)).rejects.toMatchObject({
    code: 'bad_usage',
    message: expect.stringContaining('of the job nope'),
  });
});

test('of a long job every frame is compared, also where few are read at once', async () => {
  const warehouse = tempWarehouse();
  const long = Array.from({ length: 2_100 }, (_, i) => ({ frame_index: 3 * i, x: 0 }));
  writeBoxes(warehouse, 'a', long);
  writeBoxes(warehouse, 'b', long.slice(0, -1));
  const { boxes } = await compareJobs(await tempReader(warehouse), { a: 'a', b: 'b' }, 0.5);

  expect(boxes).toMatchObject({ matched: 2_099, only_a: 1, only_b: 0, frames: [{ frame_index: 6_297 }] });
});
