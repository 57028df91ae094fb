import { randomUUID } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { merge } from '../../src/compactor/index.ts';
import type { Engine } from '../../src/engine.ts';
import { deltaField } from '../../src/events/index.ts';
import { type Add, dataPath, loadSnapshot, schemaColumns, transact } from '../../src/lake/index.ts';
import { verify } from '../../src/query/index.ts';
import { linesOf, logLine, makeEvents } from '../make/events.ts';
import { answersOf } from '../make/views.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

/** A column of a later contract in a file of a kind that this one knows, and a kind that it does not know. */
const partitions = ['event=log/date=2026-11-23', 'event=later.kind/date=2026-11-23'];

/** Commits a file as a later siltstone would, whose logs have a `cost`. */
async function writeAsLater({ storage }: Warehouse, engine: Engine, stream: string): Promise<void> {
  const adds: Add[] = [];
  for (const [i, partition] of partitions.entries()) {
    const [, event = '', date = ''] = /event=(.*)\/date=(.*)/.exec(partition) ?? [];
    const path = `${partition}/part-${randomUUID()}.parquet`;
    const file = storage.locate(dataPath(path));
    mkdirSync(dirname(file), { recursive: true });
    await engine.run(`copy (select '${event}' as event, date '${date}' as date, '${stream}' as stream, 'job-1' as job_id,
      ${i}::bigint as seq, timestamptz '2026-11-23 14:05:00+00' as ts, 12.5::double as cost, 'info' as level, 'm' as message)
      to '${file}' (format parquet)`);
    const stats = JSON.stringify({ numRecords: 1, minValues: {}, maxValues: {}, nullCount: {} });
    const size = statSync(file).size;
    adds.push({ path, partitionValues: { event, date }, size, modificationTime: 1, dataChange: true, stats });
  }
  const txns = [
    { txn: { appId: `siltstone:${stream}`, version: 2, lastUpdated: 1 } },
    { txn: { appId: `siltstone-bytes:${stream}`, version: 200, lastUpdated: 1 } },
  ];
  const actions = [...txns, ...adds.map((add) => ({ add }))];
  const columns = [deltaField('cost', 'DOUBLE')];
  await transact(storage, engine, { operation: 'COMPACT', columns, actionsOn: () => actions }, 5);
}

test('columns and kinds of a later version are passed over, kept in the schema, and kept by a merge', async () => {
  const warehouse = tempWarehouse();
  const engine = await tempEngine();
  const reader = await tempReader(warehouse);
  for (const [job, events] of makeEvents({ jobs: 1, events: 20 })) warehouse.append(`${job}/a.ndjson`, linesOf(events));
  await compacted(warehouse);
  const before = (await reader.query('from events order by all')).rows.length;
  await writeAsLater(warehouse, engine, '019ab0e0-1234-7abc-8def-0000000000aa');
  warehouse.append('job-2/b.ndjson', linesOf([logLine({ job_id: 'job-2' })]));
  await compacted(warehouse);
  const answers = await answersOf(reader);

  expect(answers.events).toHaveLength(before + 3);
  expect(answers.events?.filter((row) => row.includes('later.kind'))).toHaveLength(1);
  expect(answers.events?.filter((row) => row.includes('cost'))).toEqual([]);
  const { commits } = await merge({ ...warehouse, engine });
  expect(commits).toBe(1);
  expect(await answersOf(reader)).toEqual(answers);
  expect(await answersOf(await tempReader(warehouse))).toEqual(answers);

  const snapshot = await loadSnapshot(warehouse.storage, engine);
  expect(schemaColumns(snapshot.metaData).at(-1)).toEqual(deltaField('cost', 'DOUBLE'));
  const logs = [...snapshot.files.keys()].filter((path) => path.startsWith('event=log/'));
  expect(logs).toHaveLength(1);
  const file = warehouse.storage.locate(dataPath(logs[0] ?? ''));
  expect(await engine.rows(`select sum(cost) as cost from read_parquet('${file}')`)).toEqual([{ cost: 12.5 }]);
  expect((await verify(warehouse.storage, engine, undefined, { deep: true })).problems).toEqual([]);
});
