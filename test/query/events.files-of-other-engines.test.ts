import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Action, type Add, dataPath, loadSnapshot } from '../../src/lake/index.ts';
import { committed } from '../lake/made-lake.ts';
import { linesOf, logLine, makeEvents } from '../make/events.ts';
import { answersOf } from '../make/views.ts';
import { compacted, tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';

/** Rewrites a file as Spark or delta-rs do: another name, no partition columns in it, what it holds in another order. */
async function rewrittenBy(path: (add: Add) => string) {
  // With two kinds and two days that share files: what the log does not say of these must be in them.
  const warehouse = tempWarehouse({ compact_kinds_max: 0, compact_dates_max: 1 });
  for (const [job, events] of makeEvents({ jobs: 2, events: 30 })) warehouse.append(`${job}/a.ndjson`, linesOf(events));
  const odd = ['one', 'two'].map((name, i) => ({
    ...logLine({ ts: `2026-12-0${i + 1}T00:00:00Z` }),
    event: `odd.${name}`,
  }));
  warehouse.append('job-1/b.ndjson', linesOf([...odd, logLine({ ts: '2026-12-01T00:00:00Z' })]));
  await compacted(warehouse);
  const reader = await tempReader(warehouse);
  const before = await answersOf(reader);
  const engine = await tempEngine();
  const adds = [...(await loadSnapshot(warehouse.storage, engine)).files.values()];
  const rewrite = async (add: Add): Promise<readonly Action[]> => {
    const target = warehouse.storage.locate(dataPath(path(add)));
    mkdirSync(dirname(target), { recursive: true });
    await engine.run(`copy (select * exclude (event, "date") from read_parquet('${warehouse.storage.locate(dataPath(add.path))}',
      hive_partitioning = false) order by seq desc) to '${target}' (format parquet)`);
    const { path: removed, partitionValues, size } = add;
    const remove = {
      path: removed,
      partitionValues,
      size,
      deletionTimestamp: Date.now(),
      dataChange: false,
      extendedFileMetadata: true,
    };
    return [{ remove }, { add: { ...add, path: path(add), size: statSync(target).size, dataChange: false } }];
  };
  const actions: Action[] = [];
  for (const add of adds) actions.push(...(await rewrite(add)));
  await committed(warehouse.storage, engine, actions);
  return { before, reader, warehouse };
}

test.each([
  ['delta-rs', (add: Add) => `${dirname(add.path)}/part-00001-7d1f0b7e-0000-4000-8000-000000000001-c000.zstd.parquet`],
  [
    'a writer that lays files where it likes',
    ({ partitionValues: { event, date } }: Add) => `elsewhere/${event}%20of%20${date}%25.parquet`,
  ],
])('a file that %s rewrote without its partition columns gives the same answers', async (_, path) => {
  const { before, reader, warehouse } = await rewrittenBy(path);

  expect(await answersOf(reader)).toEqual(before);
  expect(await answersOf(await tempReader(warehouse))).toEqual(before);
  const files = await reader.rows('select path from lake_files');
  expect(files.map(({ path: file }) => join('events', String(file))).every((file) => !file.includes('%20'))).toBe(true);
});
