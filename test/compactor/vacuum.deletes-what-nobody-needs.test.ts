import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compact, merge } from '../../src/compactor/index.ts';
import { vacuum } from '../../src/compactor/vacuum.ts';
import type { Engine } from '../../src/engine.ts';
import type { Storage } from '../../src/lake/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { answersOf } from '../make/views.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const weekMs = 7 * 24 * 3_600_000;
const nextWeek = Date.now() + weekMs + 60_000;

const parquetOf = ({ path }: Warehouse): readonly string[] =>
  readdirSync(join(path, 'events'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /event=.*parquet$/.test(name),
  );

/** A lake of three files that were merged into one. */
async function mergedWarehouse(engine: Engine): Promise<Warehouse> {
  const warehouse = tempWarehouse();
  for (const seq of [0, 1, 2]) {
    warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq })]));
    await compacted(warehouse, { engine });
  }
  await merge({ ...warehouse, engine });
  return warehouse;
}

test('files that left the table stay for the retention, and then go; every answer stays', async () => {
  const engine = await tempEngine();
  const warehouse = await mergedWarehouse(engine);
  const expected = await answersOf(await tempReader(warehouse));
  expect(parquetOf(warehouse)).toHaveLength(4);

  expect(await vacuum({ ...warehouse, engine })).toMatchObject({ files: 0 });
  expect(parquetOf(warehouse)).toHaveLength(4);
  expect(await vacuum({ ...warehouse, engine }, nextWeek)).toMatchObject({ files: 3 });

  expect(parquetOf(warehouse)).toHaveLength(1);
  expect(await answersOf(await tempReader(warehouse))).toEqual(expected);
});

test('a file that left the table lately stays, however old it is', async () => {
  const engine = await tempEngine();
  const warehouse = await mergedWarehouse(engine);
  const longAgo = new Date('2020-01-01');
  for (const file of parquetOf(warehouse)) utimesSync(join(warehouse.path, 'events', file), longAgo, longAgo);

  expect(await vacuum({ ...warehouse, engine })).toMatchObject({ files: 0 });
});

test('what a crash left behind goes when it is old, and nothing that is not a data file', async () => {
  const engine = await tempEngine();
  const warehouse = await mergedWarehouse(engine);
  const scratch = await warehouse.storage.lend();
  writeFileSync(join(scratch.dir, '0.parquet'), 'x');
  const left = [
    'events/_delta_log/.tmp-1',
    'events/event=log/date=2026-11-23/part-crashed.parquet',
    'events/notes.txt',
  ];
  for (const path of left) writeFileSync(join(warehouse.path, path), 'x');

  await vacuum({ ...warehouse, engine }, nextWeek);

  expect(left.map((path) => existsSync(join(warehouse.path, path)))).toEqual([false, false, true]);
  expect(existsSync(join(scratch.dir, '0.parquet'))).toBe(false);
  expect(existsSync(join(warehouse.path, 'events/_delta_log/00000000000000000000.json'))).toBe(true);
});

test('a compaction that stood still between publishing and its commit begins anew, and loses nothing', async () => {
  const engine = await tempEngine();
  const warehouse = await mergedWarehouse(engine);
  warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq: 3 })]));
  let isFirst = true;
  const standing: Storage = {
    ...warehouse.storage,
    publish: async (moves) => {
      await warehouse.storage.publish(moves);
      if (isFirst) await vacuum({ ...warehouse, engine: await tempEngine() }, nextWeek);
      isFirst = false;
    },
  };

  await compact({ ...warehouse, storage: standing, engine });

  const reader = await tempReader(warehouse);
  expect(await reader.rows('select seq from events where not hot order by seq')).toEqual(
    [0, 1, 2, 3].map((seq) => ({ seq })),
  );
});
