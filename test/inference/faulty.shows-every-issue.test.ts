import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type JobResult, runJob } from '../../src/inference/index.ts';
import { letterboxOf } from '../../src/inference/letterbox.ts';
import { issueTable, normalise, undeclared } from '../../src/inference/normalise/index.ts';
import { openReader, type Reader } from '../../src/query/index.ts';
import { readSettings } from '../../src/settings.ts';
import { clipPath } from './football.ts';

interface Fault {
  readonly code?: string;
  readonly dialect?: string;
  readonly payload: (frame: { readonly width: number; readonly height: number }) => unknown;
}

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const { faults } = (await import(`${examples}/faulty/faults.mjs`)) as { readonly faults: readonly Fault[] };
const clip = { width: 1280, height: 720 };

const warehouse = mkdtempSync(join(tmpdir(), 'siltstone-faulty-'));
let result: JobResult;
let reader: Reader;

beforeAll(async () => {
  const settings = readSettings({ warehouse, keep_raw: 'always' }, {});
  const plugin = { plugin: 'faulty', pluginDirs: [examples] };
  result = await runJob({ warehouse, settings, ...plugin, input: clipPath, jobId: 'faulty' });
  reader = await openReader(readSettings({ warehouse, engine_threads: 1 }, {}));
}, 60_000);

afterAll(async () => {
  await reader.close();
  rmSync(warehouse, { recursive: true, force: true });
});

/** The first time that each fault is shown: the second is the same. */
const firstRound = `frame_index < ${faults.length}`;

describe('the job of the faulty plugin', () => {
  test('has every kind of issue that a job can have, each in the frame that was made for it', async () => {
    const sql = `select code, min(frame_index) as frame from output_issues group by code order by frame, code`;
    const found = (await reader.rows(sql)).map(({ code }) => code);

    expect([...found].sort()).toEqual(
      Object.keys(issueTable)
        .filter((code) => code !== 'size_unknown')
        .sort(),
    );
    expect(found).toEqual(faults.flatMap(({ code }) => code ?? []));
  });

  test('keeps each output as the plugin gave it', async () => {
    const rows = await reader.rows(`select payload from outputs_raw where ${firstRound} order by frame_index`);

    expect(rows.map(({ payload }) => JSON.parse(String(payload)) as unknown)).toEqual(
      faults.map(({ payload }) => JSON.parse(JSON.stringify(payload(clip))) as unknown),
    );
  });

  test('ends as an error with its reason where the plugin crashes, and keeps what was before', async () => {
    const [job] = await reader.rows('select status, error_message from job_metrics');
    const [frames] = await reader.rows('select count(*) as done, max(frame_index) as last from outputs_raw');
    const failed = await reader.rows('select frame_index, error_message from plugin_runs where not success');

    expect(result).toMatchObject({ status: 'error', error: { code: 'plugin_broken' }, frameCount: 40 });
    expect(job).toEqual({
      status: 'error',
      error_message:
        'frame 40 of faulty: the command node ended with exit code 1: it crashes on purpose, for it is faulty',
    });
    expect(frames).toEqual({ done: 40, last: 39 });
    expect(failed).toMatchObject([{ frame_index: 40 }]);
  });
});

describe('the two questions', () => {
  test('all boxes with invalid coordinates', async () => {
    const sql = `select frame_index, problem, x1, y1, x2, y2 from invalid_boxes where ${firstRound} order by frame_index, x1`;

    expect((await reader.rows(sql)).map(Object.values)).toEqual([
      [1, 'inverted_box', 420, 300, 360, 220],
      [1, 'inverted_box', 500, 300, 560, 220],
      [2, 'out_of_bounds', -30, 60, 50, 200],
      [2, 'out_of_bounds', 1240, 700, 1340, 760],
    ]);
  });

  test('all boxes without a score', async () => {
    const sql = `select frame_index, label, x1, y1, x2, y2 from missing_scores where ${firstRound} order by frame_index, x1`;

    expect((await reader.rows(sql)).map(Object.values)).toEqual([
      [0, 'person', 200, 60, 280, 240],
      [0, 'ball', 300, 60, 320, 80],
      [3, 'person', 200, 60, 280, 240],
      [4, 'person', 300, 60, 380, 240],
      [5, 'person', 200, 60, 280, 240],
    ]);
  });
});

test('raw against canonical: what a score of 87 became', async () => {
  const frame = 5;
  const sql = `select path, field, raw, canonical, why from output_diffs where frame_index = ${frame} order by field`;
  const diffs = await reader.rows(sql);

  expect(faults[frame]?.payload(clip)).toEqual([[200, 60, 280, 240, 87, 0]]);
  expect(diffs.map(Object.values)).toEqual([
    ['$[0]', 'label', '0', 'person', 'number of a class'],
    ['$[0]', 'score', '87', null, 'score_out_of_range'],
  ]);
  expect(await reader.rows(`select score from detections where frame_index = ${frame}`)).toEqual([{ score: null }]);
});

test('that the size of the frame is not known is what no job has: it is told where an output is read alone', () => {
  const payload = '0 0.5 0.5 0.2 0.4\n';
  const unknown = { width: Number.NaN, height: Number.NaN };
  const { issues } = normalise({ dialect: undeclared, payload, labels: [], letterbox: letterboxOf(unknown, unknown) });

  expect(issues).toMatchObject([{ code: 'size_unknown' }]);
});

test('an output that nobody declared is kept under the name it was recognised by', async () => {
  const sql = `select dialect from outputs_raw where frame_index in (13, 14, 16) order by frame_index`;

  expect((await reader.rows(sql)).map(({ dialect }) => dialect)).toEqual(['roboflow', 'mot-csv', undeclared]);
});
