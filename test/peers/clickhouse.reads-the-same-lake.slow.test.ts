import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitPath, tableFolder } from '../../src/lake/index.ts';
import { linesOf, logLine, makeEvents } from '../make/events.ts';
import { compacted, tempFolder, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { foreignLines, writeJob } from '../query/jobs.ts';
import { answersOfClickHouse, answersOfDuckDb, clickHouse } from './clickhouse.ts';
import { edgeLines } from './edges.ts';

const chdb = clickHouse();
const missing = 'chdb is not installed: run npm ci in bench/peers';

const lakeOf = (warehouse: Warehouse): string => join(warehouse.path, tableFolder);

/** Appends events to a stream of each job and compacts them: one commit. */
async function takeMore(warehouse: Warehouse, name: string, events: number): Promise<void> {
  for (const [job, lines] of makeEvents({ jobs: 3, events })) warehouse.append(`${job}/${name}.ndjson`, linesOf(lines));
  await compacted(warehouse);
}

test('every view of ClickHouse has the rows that DuckDB’s has, ids included, whatever the lines held', async ({
  skip,
}) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  warehouse.append('job-2/bash.ndjson', foreignLines);
  for (const [stream, lines] of Object.entries(edgeLines)) warehouse.append(stream, linesOf(lines));
  warehouse.append('job-2/bash.ndjson', 'no event\n{"event":"log"}\n');
  await compacted(warehouse);

  const here = await answersOfDuckDb(await tempReader(warehouse));
  expect(answersOfClickHouse(chdb, lakeOf(warehouse))).toEqual(here);
  expect(Object.entries(here).filter(([, rows]) => rows.length === 0)).toEqual([]);
});

test('so it is after each of several appends', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  await takeMore(warehouse, 'a', 50);
  const first = answersOfClickHouse(chdb, lakeOf(warehouse));
  expect(first).toEqual(await answersOfDuckDb(reader));

  await takeMore(warehouse, 'b', 70);
  const second = answersOfClickHouse(chdb, lakeOf(warehouse));
  expect(second).toEqual(await answersOfDuckDb(reader));
  expect([first, second].map(({ events }) => events?.length)).toEqual([150, 360]);
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

test('ClickHouse reads files from before and after a new column', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  await takeMore(warehouse, 'a', 40);
  withoutColumn(join(warehouse.path, commitPath(0)), 'keypoints');
  await takeMore(warehouse, 'b', 40);

  expect(readFileSync(join(warehouse.path, commitPath(1)), 'utf8')).toContain('keypoints');
  expect(answersOfClickHouse(chdb, lakeOf(warehouse))).toEqual(await answersOfDuckDb(reader));
});

test('ClickHouse reads every row of files of several kinds and days', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse({ compact_kinds_max: 0, compact_dates_max: 1, checkpoint_commits: 1 });
  const reader = await tempReader(warehouse);
  const days = [0, 1, 2].map((day) => ({ ...logLine({ seq: day, ts: `2026-11-2${day}T23:59:59.999999Z` }) }));
  const odd = days.map((line, i) => ({ ...line, seq: i + 3, event: `odd.k${i}` }));
  warehouse.append('job-1/a.ndjson', linesOf([...days, ...odd]));
  await compacted(warehouse);
  await takeMore(warehouse, 'b', 20);
  rmSync(join(warehouse.path, commitPath(0)));

  expect(answersOfClickHouse(chdb, lakeOf(warehouse))).toEqual(await answersOfDuckDb(reader));
  expect(await reader.rows('select distinct event from lake_files where event is null')).toHaveLength(1);
});

/** Makes a table's first commit one of an older siltstone, which did not know a column. */
function withoutColumn(entry: string, column: string): void {
  const field = new RegExp(String.raw`,\{\\"name\\":\\"${column}\\"[^}]*\{\}\}`);
  const content = readFileSync(entry, 'utf8');
  expect(content).toMatch(field);
  writeFileSync(entry, content.replace(field, ''));
}
