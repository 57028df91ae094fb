import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { viewFiles, writeInitSql } from '../../src/query/index.ts';
import { lineOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { foreignLines, writeJob } from './jobs.ts';
import { openByInitSql, openPlainDuckDb } from './plain-duckdb.ts';

const stream = 'job-2/bash.ndjson';

/** Every view's rows by its name, sorted. */
async function viewRows(rowsOf: (sql: string) => Promise<unknown>): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { name } of viewFiles()) found[name] = await rowsOf(`from ${name} order by all`);
  return found;
}

async function bothSides(warehouse: Warehouse) {
  await writeInitSql(warehouse.storage, await tempEngine());
  const plain = await openByInitSql(warehouse.path);
  const reader = await tempReader(warehouse);
  return {
    plain: await viewRows((sql) => plain.rows(sql)),
    ours: await viewRows(async (sql) => (await reader.query(sql)).rows),
  };
}

test('init.sql works where nothing was written yet', async () => {
  const { plain, ours } = await bothSides(tempWarehouse());

  expect(plain).toEqual(ours);
});

test('every view says the same before a compaction', async () => {
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  warehouse.append(stream, foreignLines);

  const { plain, ours } = await bothSides(warehouse);

  expect(plain).toEqual(ours);
  expect(ours.events).toHaveLength(21);
});

test('every view says the same half way through', async () => {
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  warehouse.append(stream, foreignLines);
  await compacted(warehouse);
  warehouse.append(stream, lineOf(logLine({ message: 'later' })));
  warehouse.append('job-3/late.ndjson', lineOf(logLine({ job_id: 'job-3' })));
  writeJob(warehouse, 'job-3');

  const { plain, ours } = await bothSides(warehouse);

  expect(plain).toEqual(ours);
});

test('every view says the same after a checkpoint, and of what came behind it', async () => {
  const often = tempWarehouse({ checkpoint_commits: 1 });
  const rarely = tempWarehouse({ checkpoint_commits: 100 }, often.path);
  writeJob(often, 'job-1');
  await compacted(often);
  often.append(stream, foreignLines);
  await compacted(often);
  writeJob(often, 'job-3');
  await compacted(rarely);
  writeJob(often, 'job-4');

  const { plain, ours } = await bothSides(often);

  expect(plain).toEqual(ours);
  expect(ours.lake_commits).toHaveLength(3);
});

test('a file that was replaced under its name is the same new stream', async () => {
  const warehouse = tempWarehouse();
  const file = join(warehouse.path, 'inbox', stream);
  const head = lineOf(logLine({ message: 'the first line stays' }));
  warehouse.append(stream, head + lineOf(logLine({ message: 'x'.repeat(100) })));
  await compacted(warehouse);
  rmSync(file);
  warehouse.append(stream, head);
  await compacted(warehouse);
  rmSync(file);
  warehouse.append(stream, head + lineOf(logLine({ message: 'y'.repeat(500) })));

  const { plain, ours } = await bothSides(warehouse);

  expect(plain).toEqual(ours);
});

test('lines that are no events are left out until they are compacted, and shift nothing', async () => {
  const warehouse = tempWarehouse();
  const refused = [
    'not JSON\n',
    '{"event":"log"} {"event":"log"}\n',
    '[1]\n',
    lineOf(logLine({ level: 'loud' })),
    lineOf(logLine({ ts: '1999-01-01T00:00:00Z' })),
    lineOf(
      logLine({ event: 'plugin.run', plugin: 'p', tool: 't', duration_ms: 1, success: true, frame_index: 'first' }),
    ),
    lineOf(logLine({ event: 'Log' })),
    lineOf(logLine({ message: 'x'.repeat(1024 * 1024) })),
    '{"event":"door.opened","ts":"2026-11-23T14:05:00Z","a":1,"a":2}\n',
  ];
  warehouse.append(stream, `${refused.join('')}${lineOf(logLine())}{"event":"lo`);
  const isEvent = "from events where event <> 'line.rejected' order by all";

  const before = await bothSides(warehouse);
  const plain = await (await openByInitSql(warehouse.path)).rows(isEvent);
  const { rows } = await (await tempReader(warehouse)).query(isEvent);
  await compacted(warehouse);
  const after = await bothSides(warehouse);

  expect(before.plain.rejected_lines).toEqual([]);
  expect(before.ours.rejected_lines).toHaveLength(refused.length);
  expect(plain).toEqual(rows);
  expect(after.plain).toEqual(after.ours);
});

test('a warehouse that was moved is found by the variable', async () => {
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  await compacted(warehouse);
  await writeInitSql(warehouse.storage, await tempEngine());
  const script = readFileSync(join(warehouse.path, 'init.sql'), 'utf8').replaceAll(warehouse.path, '/nowhere');

  const plain = await openPlainDuckDb();
  await plain.rows(`set variable siltstone_warehouse = '${warehouse.path}'; ${script}`);

  expect(await plain.rows('select job_id, status from job_metrics')).toEqual([['job-1', 'done']]);
});

test('init.sql is written again only when it would be another', async () => {
  const { path, storage } = tempWarehouse();
  const engine = await tempEngine();
  await writeInitSql(storage, engine);
  const before = statSync(join(path, 'init.sql'));

  await writeInitSql(storage, engine);

  expect(statSync(join(path, 'init.sql')).ino).toBe(before.ino);
});
