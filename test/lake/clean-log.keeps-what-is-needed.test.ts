import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { cleanLog, expiredLog, loadSnapshot, logFolder } from '../../src/lake/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { answersOf } from '../make/views.ts';
import { compacted, tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';

const dayMs = 24 * 3_600_000;

test('entries behind an old checkpoint go, oldest first; the table stays what it was to all readers', async () => {
  const engine = await tempEngine();
  const warehouse = tempWarehouse({ checkpoint_commits: 2 });
  const { storage } = warehouse;
  for (const seq of [0, 1, 2, 3, 4, 5]) {
    warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq })]));
    await compacted(warehouse, { engine });
  }
  const reader = await tempReader(warehouse);
  const expected = await answersOf(reader);
  const commits = 'select min(version)::int as oldest from lake_commits';
  expect(await reader.rows(commits)).toEqual([{ oldest: 0 }]);
  expect(await expiredLog(storage, engine, dayMs, Date.now())).toEqual([]);

  const expired = await expiredLog(storage, engine, dayMs, Date.now() + 2 * dayMs);
  await cleanLog(storage, expired);

  expect(expired.map((path) => basename(path))).toEqual([
    '00000000000000000000.json',
    '00000000000000000001.json',
    '00000000000000000002.checkpoint.parquet',
    '00000000000000000002.json',
    '00000000000000000003.json',
  ]);
  expect((await storage.list(logFolder)).map(({ path }) => basename(path)).sort()).toEqual([
    '00000000000000000004.checkpoint.parquet',
    '00000000000000000004.json',
    '00000000000000000005.json',
    '_last_checkpoint',
  ]);
  expect(await reader.rows(commits)).toEqual([{ oldest: 4 }]);
  expect((await loadSnapshot(storage, engine)).version).toBe(5);
  expect(await answersOf(reader)).toEqual(expected);
  expect(await answersOf(await tempReader(warehouse))).toEqual(expected);
});

test('a checkpoint that cannot be read covers nothing', async () => {
  const engine = await tempEngine();
  const warehouse = tempWarehouse({ checkpoint_commits: 2 });
  for (const seq of [0, 1, 2]) {
    warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq })]));
    await compacted(warehouse, { engine });
  }
  await warehouse.storage.replace(`${logFolder}/00000000000000000002.checkpoint.parquet`, 'torn');

  expect(await expiredLog(warehouse.storage, engine, dayMs, Date.now() + 2 * dayMs)).toEqual([]);
});
