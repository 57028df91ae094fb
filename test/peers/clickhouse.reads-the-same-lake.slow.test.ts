import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backup, repair } from '../../src/care/index.ts';
import { commitPath, dataPath, loadSnapshot, tableFolder } from '../../src/lake/index.ts';
import { linesOf } from '../make/events.ts';
import { rewriteEntry } from '../make/log-entry.ts';
import { compacted, tempEngine, tempFolder, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { foreignLines, writeJob } from '../query/jobs.ts';
import { writeRadar } from '../query/radar.ts';
import { things, writeTracks } from '../query/tracks.ts';
import { answersOfClickHouse, answersOfDuckDb, clickHouse, countsOfClickHouse } from './clickhouse.ts';
import { afterEachCommit, takeMore } from './commits.ts';
import { edgeLines } from './edges.ts';

const chdb = clickHouse();
const missing = 'chdb is not installed: run npm ci in bench/peers';

const lakeOf = (warehouse: Warehouse): string => join(warehouse.path, tableFolder);

test('every view of ClickHouse has the rows that DuckDB’s has, ids included, whatever the lines held', async ({
  skip,
}) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  writeTracks(warehouse, 'job-tracks', things);
  writeRadar(warehouse, 'job-radar');
  warehouse.append('job-2/bash.ndjson', foreignLines);
  for (const [stream, lines] of Object.entries(edgeLines)) warehouse.append(stream, linesOf(lines));
  warehouse.append('job-2/bash.ndjson', 'no event\n{"event":"log"}\n');
  await compacted(warehouse);

  const here = await answersOfDuckDb(await tempReader(warehouse));
  expect(answersOfClickHouse(chdb, lakeOf(warehouse))).toEqual(here);
  expect(Object.entries(here).filter(([, rows]) => rows.length === 0)).toEqual([]);
});

test('a condition finds the rows that it is true of, and no file is left out by mistake', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse();
  await takeMore(warehouse, 'a', 30);
  const conditions = [
    ...[
      'not coalesce(skipped, false)',
      'not (width is null)',
      "not (surface in ('a', 'b'))",
      'not (width > 5000 and coalesce(success, true))',
    ],
    ...[
      "event = 'log'",
      "not (event = 'log')",
      "event in ('log', 'detection') and job_id <> 'job-1'",
      "date > '2026-01-01'",
    ],
  ];
  const counts = countsOfClickHouse(chdb, lakeOf(warehouse), conditions);

  expect(counts.filter(({ n, found }) => n !== found || n === 0)).toEqual([]);
  expect(counts).toHaveLength(conditions.length);
});

test('so it is after each kind of commit', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const answers = await afterEachCommit(async (warehouse) => ({
    here: await answersOfDuckDb(await tempReader(warehouse)),
    there: answersOfClickHouse(chdb, lakeOf(warehouse)),
  }));

  expect(answers.map(({ commit, seen }) => [commit, seen.there])).toEqual(
    answers.map(({ commit, seen }) => [commit, seen.here]),
  );
  expect(answers.map(({ seen }) => seen.here.events?.length)).toEqual([90, 210, 216, 276, 276, 249, 339, 339, 330]);
  expect(answers.map(({ done }) => done)).toMatchObject([
    ...[undefined, undefined, undefined, undefined],
    { filesBefore: 33, filesAfter: 11 },
    { expired: { lines: 27 }, logFilesRemoved: 5, vacuumed: { files: 33 } },
    undefined,
    { filesBefore: 20, filesAfter: 10 },
    { expired: { lines: 9 }, logFilesRemoved: 5, vacuumed: { files: 21 } },
  ]);
});

test('ClickHouse opens the lake from a checkpoint alone, and reads on behind it', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse({ checkpoint_commits: 2 });
  const reader = await tempReader(warehouse);
  for (const name of ['a', 'b', 'c', 'd']) await takeMore(warehouse, name, 30);

  const copy = join(tempFolder(), 'events');
  cpSync(lakeOf(warehouse), copy, { recursive: true });
  for (const version of [0, 1]) rmSync(join(copy, '..', commitPath(version)));
  expect(answersOfClickHouse(chdb, copy)).toEqual(await answersOfDuckDb(reader));
});

test('ClickHouse reads a lake that was repaired, and a backup of it', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse({ checkpoint_commits: 2 });
  const engine = await tempEngine();
  for (const name of ['a', 'b', 'c', 'd']) await takeMore(warehouse, name, 30);
  const before = await answersOfDuckDb(await tempReader(warehouse));
  const [lost = ''] = (await loadSnapshot(warehouse.storage, engine)).files.keys();
  rmSync(warehouse.storage.locate(dataPath(lost)));

  const { done } = await repair({ ...warehouse, engine });
  const destination = join(tempFolder(), 'copy');
  await backup({ ...warehouse, engine }, destination);

  expect(done).toHaveLength(1);
  expect(answersOfClickHouse(chdb, lakeOf(warehouse))).toEqual(before);
  expect(answersOfClickHouse(chdb, join(destination, tableFolder))).toEqual(before);
});

test('ClickHouse reads files from before and after a new column', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  await takeMore(warehouse, 'a', 40);
  rewriteEntry(warehouse, 0, (text) => withoutColumn(text, 'keypoints'));
  await takeMore(warehouse, 'b', 40);

  expect(readFileSync(join(warehouse.path, commitPath(1)), 'utf8')).toContain('keypoints');
  expect(answersOfClickHouse(chdb, lakeOf(warehouse))).toEqual(await answersOfDuckDb(reader));
});

/** A table's first commit as an older siltstone wrote it, which did not know a column. */
function withoutColumn(entry: string, column: string): string {
  const field = new RegExp(String.raw`,\{\\"name\\":\\"${column}\\"[^}]*\{\}\}`);
  expect(entry).toMatch(field);
  return entry.replace(field, '');
}
