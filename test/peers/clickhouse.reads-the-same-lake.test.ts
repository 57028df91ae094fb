import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitPath } from '../../src/lake/index.ts';
import type { Reader } from '../../src/query/index.ts';
import { linesOf, logLine, makeEvents } from '../make/events.ts';
import { compacted, tempFolder, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { clickHouse, countsInClickHouse } from './clickhouse.ts';

const chdb = clickHouse();
const missing = 'chdb is not installed: run npm ci in bench/peers';

async function countsHere(reader: Reader): Promise<readonly unknown[]> {
  const rows = await reader.rows(`select event, count(*)::int as events, round(coalesce(sum(duration_ms), 0), 3) as ms,
    round(coalesce(sum(x1), 0), 3) as x1, count(distinct (stream, seq))::int as places
    from events where not hot group by event order by event`);
  return rows.map(({ event, events, ms, x1, places }) => [event, events, ms, x1, places]);
}

/** Appends events to a stream of each job and compacts them: one commit. */
async function takeMore(warehouse: Warehouse, name: string, events: number): Promise<void> {
  for (const [job, lines] of makeEvents({ jobs: 3, events })) warehouse.append(`${job}/${name}.ndjson`, linesOf(lines));
  await compacted(warehouse);
}

test('ClickHouse counts and sums what we do, after each of several appends', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  await takeMore(warehouse, 'a', 50);
  const first = countsInClickHouse(chdb, join(warehouse.path, 'events'));
  expect(first).toEqual(await countsHere(reader));
  expect(first.length).toBeGreaterThan(5);

  await takeMore(warehouse, 'b', 70);
  const second = countsInClickHouse(chdb, join(warehouse.path, 'events'));
  expect(second).toEqual(await countsHere(reader));
  expect(second).not.toEqual(first);
});

test('ClickHouse opens the lake from a checkpoint alone, and reads on behind it', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse({ checkpoint_commits: 2 });
  const reader = await tempReader(warehouse);
  for (const name of ['a', 'b', 'c', 'd']) await takeMore(warehouse, name, 30);

  const copy = join(tempFolder(), 'events');
  cpSync(join(warehouse.path, 'events'), copy, { recursive: true });
  for (const version of [0, 1]) rmSync(join(copy, '..', commitPath(version)));
  expect(countsInClickHouse(chdb, copy)).toEqual(await countsHere(reader));
});

test('ClickHouse reads files from before and after a new column', async ({ skip }) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  await takeMore(warehouse, 'a', 40);
  withoutColumn(join(warehouse.path, commitPath(0)), 'keypoints');
  expect(countsInClickHouse(chdb, join(warehouse.path, 'events'))).toEqual(await countsHere(reader));

  await takeMore(warehouse, 'b', 40);
  expect(readFileSync(join(warehouse.path, commitPath(1)), 'utf8')).toContain('keypoints');
  expect(countsInClickHouse(chdb, join(warehouse.path, 'events'))).toEqual(await countsHere(reader));
});

/** Makes a table's first commit one of an older siltstone, which did not know a column. */
function withoutColumn(entry: string, column: string): void {
  const field = new RegExp(String.raw`,\{\\"name\\":\\"${column}\\"[^}]*\{\}\}`);
  const content = readFileSync(entry, 'utf8');
  expect(content).toMatch(field);
  writeFileSync(entry, content.replace(field, ''));
}

test('ClickHouse reads every row of files of several kinds and days, and the kind is in event_kind', async ({
  skip,
}) => {
  if (chdb === undefined) return skip(missing);
  const warehouse = tempWarehouse({ compact_kinds_max: 0, compact_dates_max: 1, checkpoint_commits: 1 });
  const odd = [0, 1, 2].map((i) => ({ ...logLine({ seq: i, ts: `2026-11-2${i}T00:00:00Z` }), event: `odd.k${i}` }));
  warehouse.append('job-1/a.ndjson', linesOf(odd));
  await compacted(warehouse);
  warehouse.append('job-1/b.ndjson', linesOf(odd));
  await compacted(warehouse);
  rmSync(join(warehouse.path, commitPath(0)));

  const sql = `select coalesce(event, event_kind) as kind, count() as events from deltaLakeLocal('${warehouse.path}/events')
    where event is null group by kind order by kind`;
  expect(chdb.query(sql, 'CSV')).toBe('"odd.k0",2\n"odd.k1",2\n"odd.k2",2\n');
});
