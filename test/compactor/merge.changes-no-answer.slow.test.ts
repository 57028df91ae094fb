import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { merge } from '../../src/compactor/index.ts';
import type { Engine } from '../../src/engine.ts';
import { commitPath, dataPath, loadSnapshot, type Storage } from '../../src/lake/index.ts';
import { verify } from '../../src/query/index.ts';
import { linesOf, logLine, makeEvents } from '../make/events.ts';
import { answersOf } from '../make/views.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

/** Three commits of every kind, and some lines that are still hot. */
async function filledWarehouse(engine: Engine): Promise<Warehouse> {
  const warehouse = tempWarehouse();
  for (const name of ['c', 'a', 'b']) {
    for (const [job, events] of makeEvents({ jobs: 3, events: 30 })) {
      warehouse.append(`${job}/${name}.ndjson`, linesOf(events));
    }
    warehouse.append(
      `job-1/${name}.ndjson`,
      'no event\n{"event":"gpu.sample","ts":"2026-11-23T14:05:00Z","watts":3}\n',
    );
    await compacted(warehouse, { engine });
  }
  warehouse.append('job-2/d.ndjson', linesOf([...makeEvents({ events: 5 }).values()].flat()));
  return warehouse;
}

const filesOf = async ({ storage }: Warehouse, engine: Engine): Promise<readonly string[]> =>
  [...(await loadSnapshot(storage, engine)).files.keys()].sort();

test('a merge changes no view’s answer, to readers from before and after, and leaves a file a partition', async () => {
  const engine = await tempEngine();
  const warehouse = await filledWarehouse(engine);
  const before = await tempReader(warehouse);
  const expected = await answersOf(before);

  const merging = await merge({ ...warehouse, engine });

  expect(merging).toMatchObject({ commits: 1, filesBefore: 39, filesAfter: 13 });
  expect(await answersOf(before)).toEqual(expected);
  expect(await answersOf(await tempReader(warehouse))).toEqual(expected);
  expect(await filesOf(warehouse, engine)).toHaveLength(13);
  expect(await merge({ ...warehouse, engine })).toMatchObject({ commits: 0 });
});

test('a merge says that it changed no data, and its files are sorted by job and line', async () => {
  const engine = await tempEngine();
  const warehouse = await filledWarehouse(engine);
  await merge({ ...warehouse, engine });

  const entry = (await warehouse.storage.read(commitPath(3)))?.toString('utf8') ?? '';
  expect(entry.match(/"dataChange":(true|false)/g)).toEqual(Array(52).fill('"dataChange":false'));
  const [file = ''] = (await filesOf(warehouse, engine)).filter((path) => path.includes('event=detection'));
  const places = await engine.rows(
    `select job_id, stream, seq from read_parquet('${warehouse.storage.locate(dataPath(file))}') order by file_row_number`,
  );
  expect(places.length).toBeGreaterThan(9);
  expect(places).toEqual(
    await engine.rows(
      `select job_id, stream, seq from read_parquet('${warehouse.storage.locate(dataPath(file))}') order by all`,
    ),
  );
});

test('of two merges that take the same files one loses and leaves nothing behind', async () => {
  const engine = await tempEngine();
  const warehouse = await filledWarehouse(engine);
  const expected = await answersOf(await tempReader(warehouse));
  const overtaken: Storage = {
    ...warehouse.storage,
    publish: async (moves) => {
      await warehouse.storage.publish(moves);
      await merge({ ...warehouse, engine });
    },
  };

  expect(await merge({ ...warehouse, storage: overtaken, engine })).toMatchObject({ commits: 0 });

  expect(await answersOf(await tempReader(warehouse))).toEqual(expected);
  const onDisk = readdirSync(join(warehouse.path, 'events'), { recursive: true, encoding: 'utf8' });
  expect(onDisk.filter((path) => path.endsWith('.parquet'))).toHaveLength(39 + 13);
});

test('a compaction that came meanwhile is not lost, and does not make the merge lose', async () => {
  const engine = await tempEngine();
  const warehouse = await filledWarehouse(engine);
  const expected = await answersOf(await tempReader(warehouse));
  const overtaken: Storage = {
    ...warehouse.storage,
    publish: async (moves) => {
      await warehouse.storage.publish(moves);
      await compacted(warehouse, { engine });
    },
  };

  expect(await merge({ ...warehouse, storage: overtaken, engine })).toMatchObject({ commits: 1 });

  expect(await answersOf(await tempReader(warehouse))).toEqual(expected);
});

test('columns that we do not know are kept', async () => {
  const engine = await tempEngine();
  const warehouse = await filledWarehouse(engine);
  const logs = (await filesOf(warehouse, engine)).filter((path) => path.includes('event=log/'));
  const newer = warehouse.storage.locate(dataPath(logs[0] ?? ''));
  await engine.run(`copy (select *, 7 as humidity from '${newer}') to '${newer}' (format parquet)`);

  await merge({ ...warehouse, engine });

  const [merged = ''] = (await filesOf(warehouse, engine)).filter((path) => path.includes('event=log/'));
  const file = warehouse.storage.locate(dataPath(merged));
  expect(await engine.rows(`select sum(humidity)::int as sum from '${file}' where humidity is not null`)).toEqual([
    { sum: 7 * 6 },
  ]);
});

test('files of several kinds or days are merged as they are', async () => {
  const engine = await tempEngine();
  const warehouse = tempWarehouse({ compact_kinds_max: 1, compact_dates_max: 1 });
  const flood = Array.from({ length: 24 }, (_, i) => {
    const ts = `2026-11-${10 + (i % 5)}T10:00:00.000Z`;
    return { ...logLine({ seq: i, ts }), event: i % 3 === 0 ? 'log' : `own.k${i}` };
  });
  for (const from of [0, 8, 16]) {
    warehouse.append('job-1/a.ndjson', linesOf(flood.slice(from, from + 8)));
    await compacted(warehouse, { engine });
  }
  const expected = await answersOf(await tempReader(warehouse));

  // One each of: several kinds on one day, several on several, log on several; the open day's wait for more.
  expect((await merge({ ...warehouse, engine })).commits).toBeGreaterThan(0);

  expect(await answersOf(await tempReader(warehouse))).toEqual(expected);
  expect((await verify(warehouse.storage, engine)).problems).toEqual([]);
});
