import { expect, test } from 'vitest';
import { rereadJob } from '../../src/reread/index.ts';
import { type OutputJob, row, writeOutputs } from '../make/output-job.ts';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';

const sql = 'select path, field, raw, canonical, why from output_diffs where frame_index = 0 order by path, field';

/** The differences of one frame, hot and compacted. */
async function diffsOf(payload: unknown, more: OutputJob = {}) {
  const warehouse = tempWarehouse();
  writeOutputs(warehouse, { payloads: [payload], ...more });
  const reader = await tempReader(warehouse);
  const hot = (await reader.rows(sql)).map(Object.values);
  await compacted(warehouse);
  expect((await reader.rows(sql)).map(Object.values)).toEqual(hot);
  return hot;
}

const toFrame = 'px of the input → px of the frame';

test('raw against canonical for one frame: each value that was changed, from what, into what, and why', async () => {
  expect(await diffsOf([[10, 40, 30, 60, -1, 0]])).toEqual([
    ['$[0]', 'label', '0', 'person', 'number of a class'],
    ['$[0]', 'score', '-1', null, 'sentinel_score'],
    ['$[0]', 'x1', '10', '20.0', toFrame],
    ['$[0]', 'x2', '30', '60.0', toFrame],
    ['$[0]', 'y1', '40', '30.0', toFrame],
    ['$[0]', 'y2', '60', '70.0', toFrame],
  ]);
});

test('where other numbers than corners stand, the whole of what stands there is told', async () => {
  const item = { image_id: 0, category_id: 1, bbox: [10, 20, 30, 40], score: 0.5 };

  expect(await diffsOf([item], { dialect: 'coco-results' })).toEqual([
    [
      '$[0]',
      'box',
      JSON.stringify(item),
      '[10.0, 20.0, 40.0, 60.0]',
      'left, top, width, height → left, top, right, bottom',
    ],
    ['$[0]', 'label', '1', 'person', 'number of a class'],
  ]);
});

test('percentages of a score, and lines of a text', async () => {
  const line = '5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t87\tGOAL';
  const text = `level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n${line}\n`;

  expect(await diffsOf(text, { dialect: 'tesseract-tsv' })).toEqual(
    expect.arrayContaining([
      ['line 2', 'score', '87', '0.87', '0 to 100'],
      ['line 2', 'box', line, '[10.0, 20.0, 40.0, 60.0]', expect.stringContaining('left, top, width, height')],
    ]),
  );
});

test('what was left out is told with its reason', async () => {
  expect(await diffsOf([[10, 'NaN', 30, 60, 0.5, 0]])).toEqual([
    ['$[0]', 'box', '[10,"NaN",30,60,0.5,0]', null, 'not_finite'],
  ]);
  expect(await diffsOf({ nothing: 1 }, { dialect: 'undeclared' })).toEqual([
    ['$', 'box', '{"nothing":1}', null, 'unknown_dialect'],
  ]);
});

test('a place below a name with odd characters is found, and one that is not found hides nothing else', async () => {
  const payload = { '<OD>': { bboxes: [[1, 2, 'x', 4]], labels: ['a'] } };

  expect(await diffsOf(payload, { dialect: 'florence-2' })).toEqual([
    ['$["<OD>"].bboxes[0]', 'box', '[1,2,"x",4]', null, 'malformed'],
  ]);
  expect(await diffsOf('no such line', { dialect: 'mot-csv' })).toMatchObject([
    ['line 1', 'box', 'no such line', null, 'malformed'],
  ]);
});

test('where no raw output was kept there is nothing to compare, and after a second reading nothing twice', async () => {
  expect(await diffsOf([row(10)], { keepRaw: 'never' })).toEqual([]);
  const warehouse = tempWarehouse();
  writeOutputs(warehouse, { payloads: [[row(10)]] });
  const reader = await tempReader(warehouse);
  const before = await reader.rows(sql);
  await rereadJob(reader, { warehouse: warehouse.path, jobId: 'j' });

  expect(before).toHaveLength(5);
  expect(await reader.rows(sql)).toEqual(before);
});
