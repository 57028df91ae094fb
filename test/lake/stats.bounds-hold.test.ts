import { expect, test } from 'vitest';
import { type Engine, literal } from '../../src/engine.ts';
import { type Add, dataPath, type FileStats, loadSnapshot, readStats } from '../../src/lake/index.ts';
import { linesOf, logLine, makeEvents } from '../make/events.ts';
import { compacted, tempEngine, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const jobIds = ['a', 'Z', '0', 'x'.repeat(31), 'x'.repeat(32), 'x'.repeat(33), 'x'.repeat(128)];

async function filledWarehouse(): Promise<Warehouse> {
  const warehouse = tempWarehouse();
  for (const [job, events] of makeEvents({ jobs: 3, events: 40 })) warehouse.append(`${job}/a.ndjson`, linesOf(events));
  const times = (i: number): string => `2026-11-23T14:05:00.${String(i * 7919).padStart(6, '0')}Z`;
  for (const [i, job_id] of jobIds.entries()) {
    warehouse.append(`${job_id}/😀 ${i}.ndjson`, linesOf([logLine({ job_id, seq: 0, ts: times(i) })]));
  }
  return warehouse;
}

/** How many rows of a file lie outside the bounds that the log gives for a column; any is one too many. */
async function rowsOutside(engine: Engine, warehouse: Warehouse, add: Add): Promise<readonly unknown[]> {
  const stats = JSON.parse(add.stats ?? '{}') as FileStats;
  const file = warehouse.storage.locate(dataPath(add.path));
  const bound = (name: string, value: string): string =>
    `${literal(value)}::${name === 'ts' ? 'timestamptz' : 'varchar'}`;
  const outside = Object.entries(stats.minValues).map(([name, low]) => {
    const within = `"${name}" between ${bound(name, low)} and ${bound(name, stats.maxValues[name] ?? '')}`;
    return `count_if((${within}) is not true) as "${name}"`;
  });
  const [row = {}] = await engine.rows(`select abs(count(*) - ${stats.numRecords}) as rows, ${outside.join(', ')}
    from read_parquet('${file}', hive_partitioning = false)`);
  return Object.entries(row).filter(([, count]) => count !== 0);
}

test('no row lies outside the bounds and counts that the log gives for its file', async () => {
  const warehouse = await filledWarehouse();
  await compacted(warehouse);
  const engine = await tempEngine();
  const adds = [...(await loadSnapshot(warehouse.storage, engine)).files.values()];

  expect(adds.length).toBeGreaterThan(8);
  expect(await Promise.all(adds.map((add) => rowsOutside(engine, warehouse, add)))).toEqual(adds.map(() => []));
});

test('a long text bounds by its beginning, and the greatest character behind it', async () => {
  const warehouse = tempWarehouse();
  const job_id = 'y'.repeat(40);
  warehouse.append(`${job_id}/a.ndjson`, linesOf([logLine({ job_id })]));
  await compacted(warehouse);
  const [add] = (await loadSnapshot(warehouse.storage, await tempEngine())).files.values();

  const stats = JSON.parse(add?.stats ?? '{}') as FileStats;
  expect(stats.minValues.job_id).toBe('y'.repeat(32));
  expect(stats.maxValues.job_id).toBe(`${'y'.repeat(32)}\u{10ffff}`);
  expect(stats.minValues.ts).toBe('2026-11-23T14:05:00.123Z');
});

test.each(['{"numRecords":', '7', 'null'])('stats that are none are damage: %s', (stats) => {
  expect(() => readStats(stats)).toThrow(expect.objectContaining({ code: 'lake_damaged' }));
});
