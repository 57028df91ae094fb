import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine.ts';
import { lakeColumns } from '../../src/events/index.ts';
import { type Add, dataPath, type FileStats, loadSnapshot, readStats } from '../../src/lake/index.ts';
import { linesOf, logLine, makeEvents } from '../make/events.ts';
import { compacted, tempEngine, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const texts = [
  '',
  'a',
  'Z',
  'é',
  '😀',
  '\u0000',
  '\uffff',
  'x'.repeat(31),
  'x'.repeat(40),
  `${'y'.repeat(31)}😀😀`,
  "it's",
  '~'.repeat(33),
  `${'~'.repeat(32)}\u{10ffff}\u{10ffff}`,
];

async function filledWarehouse(): Promise<Warehouse> {
  const warehouse = tempWarehouse();
  for (const [job, events] of makeEvents({ jobs: 3, events: 40 })) warehouse.append(`${job}/a.ndjson`, linesOf(events));
  const times = (i: number): string => `2026-11-23T14:05:00.${String(i * 7919).padStart(6, '0')}Z`;
  const logs = texts.map((message, seq) => logLine({ seq, message, logger: texts[seq - 1] ?? null, ts: times(seq) }));
  warehouse.append('job-1/texts.ndjson', linesOf(logs));
  return warehouse;
}

const timesAndNumbers = new Set(['TIMESTAMPTZ', 'BIGINT', 'DOUBLE']);
const typeOf = new Map(lakeColumns.map(({ name, type }) => [name, type]));

/** How many rows of a file lie outside the bounds that the log gives for a column; any is one too many. */
async function rowsOutside(engine: Engine, warehouse: Warehouse, add: Add): Promise<readonly unknown[]> {
  const stats = JSON.parse(add.stats ?? '{}') as FileStats;
  const file = warehouse.storage.locate(dataPath(add.path));
  const bound = (name: string, value: string | number): string =>
    timesAndNumbers.has(typeOf.get(name) ?? '')
      ? `'${value}'::${typeOf.get(name)}`
      : `'${String(value).replaceAll("'", "''")}'`;
  const outside = Object.keys(stats.nullCount).map((name) => {
    const [low, high] = [stats.minValues[name], stats.maxValues[name]];
    const within =
      low === undefined || high === undefined
        ? 'true'
        : `"${name}" between ${bound(name, low)} and ${bound(name, high)}`;
    return `count_if(not ${within}) + abs(count_if("${name}" is null) - ${stats.nullCount[name]}) as "${name}"`;
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
  const message = `${'y'.repeat(31)}😀😀`;
  warehouse.append('job-1/a.ndjson', linesOf([logLine({ message })]));
  await compacted(warehouse);
  const [add] = (await loadSnapshot(warehouse.storage, await tempEngine())).files.values();

  const stats = JSON.parse(add?.stats ?? '{}') as FileStats;
  expect(stats.minValues.message).toBe('y'.repeat(31));
  expect(stats.maxValues.message).toBe(`${'y'.repeat(31)}\u{10ffff}`);
  expect(stats.minValues).toMatchObject({ ts: '2026-11-23T14:05:00.123Z', seq: 0 });
});

test.each(['{"numRecords":', '7', 'null'])('stats that are none are damage: %s', (stats) => {
  expect(() => readStats(stats)).toThrow(expect.objectContaining({ code: 'lake_damaged' }));
});
