import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openJobEmitter } from '../../src/emitters/index.ts';
import type { Reader } from '../../src/query/index.ts';
import { rereadJob } from '../../src/reread/index.ts';
import { row, writeOutputs } from '../make/output-job.ts';
import { compacted, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const boxes = 'frame_index, label, score, track_id, x1, y1, x2, y2';
const boxesOf = (reader: Reader, job = 'j') =>
  reader.rows(`select ${boxes}, generation from detections where job_id = '${job}' order by frame_index, x1`);

const again = (warehouse: Warehouse, reader: Reader, more: object = {}) =>
  rereadJob(reader, { warehouse: warehouse.path, jobId: 'j', ...more });

/** The streams of a job, the youngest last. */
const streamsOf = ({ path }: Warehouse, job = 'j'): readonly string[] =>
  readdirSync(join(path, 'inbox', job))
    .sort()
    .map((name) => join(path, 'inbox', job, name));

describe.each([
  ['hot', async () => undefined],
  ['compacted', async (warehouse: Warehouse) => void (await compacted(warehouse))],
])('outputs that are %s', (_, place) => {
  test('give the same rows by the same code, once, and those before stay', async () => {
    const warehouse = tempWarehouse();
    writeOutputs(warehouse);
    await place(warehouse);
    const reader = await tempReader(warehouse);
    const before = await boxesOf(reader);
    const done = await again(warehouse, reader);
    await place(warehouse);

    const sums = { frames: 3, frames_read: 3, detections: 2, detections_before: 2, issues: 1, issues_before: 1 };
    expect(done).toEqual([{ plugin: 'p', tool: 't', generation: 1, ...sums }]);
    expect(await boxesOf(reader)).toEqual(before.map((one) => ({ ...one, generation: 1 })));
    expect(await reader.rows('select generation, counts, count(*) as n from all_detections group by all')).toEqual(
      expect.arrayContaining([
        { generation: 0, counts: false, n: 2 },
        { generation: 1, counts: true, n: 2 },
      ]),
    );
    expect(await reader.rows('select code, frame_index as frame, generation as g from output_issues')).toEqual([
      { code: 'missing_score', frame: 2, g: 1 },
    ]);
    expect(await reader.rows('select first_frame as f, last_frame as l from output_readings')).toEqual([
      { f: 0, l: 2 },
    ]);
  });
});

test('read twice they count once, as the last reading has them', async () => {
  const warehouse = tempWarehouse();
  writeOutputs(warehouse);
  const reader = await tempReader(warehouse);
  await again(warehouse, reader);
  const [second] = await again(warehouse, reader, { labels: ['player', 'ball'] });

  expect(second).toMatchObject({ generation: 2, detections_before: 2 });
  expect((await boxesOf(reader)).map(({ label, generation }) => [label, generation])).toEqual([
    ['player', 2],
    ['player', 2],
  ]);
  expect(await reader.rows('select count(*) as n from all_detections')).toEqual([{ n: 6 }]);
});

test.each([
  ['before its last event', 0],
  ['within its last event', 20],
])('a reading that was killed %s counts for nothing, and the next one stands', async (_, kept) => {
  const warehouse = tempWarehouse();
  writeOutputs(warehouse);
  const reader = await tempReader(warehouse);
  const before = await boxesOf(reader);
  await again(warehouse, reader);
  const torn = streamsOf(warehouse).at(-1) ?? '';
  const text = readFileSync(torn, 'utf8');
  truncateSync(torn, text.trimEnd().lastIndexOf('\n') + 1 + kept);

  const later = await tempReader(warehouse);
  expect(await boxesOf(later)).toEqual(before);
  expect(await later.rows('select count(*) as n from all_detections where not counts')).toEqual([{ n: 2 }]);
  await compacted(warehouse);
  expect(await boxesOf(later)).toEqual(before);
  expect(await again(warehouse, later)).toMatchObject([{ generation: 2, detections_before: 2 }]);
  expect(await boxesOf(later)).toEqual(before.map((one) => ({ ...one, generation: 2 })));
});

test('two readings at once count once', async () => {
  const warehouse = tempWarehouse();
  writeOutputs(warehouse);
  const readers = [await tempReader(warehouse), await tempReader(warehouse)] as const;
  await Promise.all(readers.map((reader) => again(warehouse, reader)));

  expect(await boxesOf(readers[0])).toHaveLength(2);
  expect(await readers[1].rows('select count(*) as n from output_issues')).toEqual([{ n: 1 }]);
});

test('tracks go through all frames, and no view counts anything twice', async () => {
  const warehouse = tempWarehouse();
  writeOutputs(warehouse, { tracks: true, payloads: [10, 12, 14, 16].map((x) => [row(x)]) });
  const reader = await tempReader(warehouse);
  const before = await boxesOf(reader);
  await again(warehouse, reader, { framesAtOnce: 2 });

  expect(before.map(({ track_id }) => track_id)).toEqual([1, 1, 1, 1]);
  expect(await boxesOf(reader)).toEqual(before.map((one) => ({ ...one, generation: 1 })));
  expect(await reader.rows('select frames_seen as seen, gaps as gaps from tracks')).toEqual([{ seen: 4, gaps: 0 }]);
});

test('a frame whose raw output was not kept is as it was', async () => {
  const warehouse = tempWarehouse();
  writeOutputs(warehouse, { keepRaw: 'issues' });
  const job = openJobEmitter({ warehouse: warehouse.path, jobId: 'j', plugin: 'p', strict: true });
  job.detection({ tool: 't', frame_index: 1, label: 'ball', x1: 1, y1: 2, x2: 3, y2: 4, text: 'x', keypoints: [] });
  job.close();
  const reader = await tempReader(warehouse);
  const [done] = await again(warehouse, reader);

  expect(done).toMatchObject({ frames: 3, frames_read: 2, detections: 3, detections_before: 3 });
  expect((await boxesOf(reader))[1]).toMatchObject({ frame_index: 1, label: 'ball', x1: 1, y2: 4, generation: 1 });
});

test('frames that were written later are not hidden by it', async () => {
  const warehouse = tempWarehouse();
  writeOutputs(warehouse);
  const reader = await tempReader(warehouse);
  await again(warehouse, reader);
  const job = openJobEmitter({ warehouse: warehouse.path, jobId: 'j', plugin: 'p', strict: true });
  job.detection({ tool: 't', frame_index: 9, label: 'ball', x1: 1, y1: 2, x2: 3, y2: 4 });
  job.close();

  expect((await boxesOf(reader)).map(({ frame_index }) => frame_index)).toEqual([0, 2, 9]);
});

test('another job is not touched', async () => {
  const warehouse = tempWarehouse();
  writeOutputs(warehouse);
  writeOutputs(warehouse, { jobId: 'k' });
  const reader = await tempReader(warehouse);
  const before = await boxesOf(reader, 'k');
  await again(warehouse, reader);

  expect(await boxesOf(reader, 'k')).toEqual(before);
});

test('outputs that were declared wrongly are read by the dialect that is given', async () => {
  const warehouse = tempWarehouse();
  writeOutputs(warehouse, { payloads: [[{ image_id: 0, category_id: 1, bbox: [10, 20, 30, 40], score: 0.5 }]] });
  const reader = await tempReader(warehouse);
  expect(await reader.rows('select code from output_issues')).toEqual([{ code: 'wrong_dialect' }]);
  await again(warehouse, reader, { dialect: 'coco-results' });

  expect(await boxesOf(reader)).toMatchObject([{ label: 'person', x1: 10, y1: 20, x2: 40, y2: 60 }]);
  expect(await reader.rows('select code from output_issues')).toEqual([]);
});

test.each([
  ['is not there', { jobId: 'k' }, 'bad_usage'],
  ['has not ended', { ends: false }, 'job_running'],
  ['kept no raw output', { keepRaw: 'never' }, 'nothing_kept'],
  ['kept other labels', { keptLabels: ['other'] }, 'labels_unknown'],
] as const)('a job that %s is refused, and nothing is written', async (_, given, code) => {
  const warehouse = tempWarehouse();
  writeOutputs(warehouse, given);
  const reader = await tempReader(warehouse);

  await expect(again(warehouse, reader)).rejects.toMatchObject({ code });
  expect(await reader.rows("select count(*) as n from events where process = 'normalise'")).toEqual([{ n: 0 }]);
});
