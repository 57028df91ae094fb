import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { loadSnapshot } from '../../src/lake/index.ts';
import { verify, writeInitSql } from '../../src/query/index.ts';
import { type Line, linesOf, logLine } from '../make/events.ts';
import { answersOf } from '../make/views.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { openByInitSql } from '../query/plain-duckdb.ts';

const dayMs = 86_400_000;
const at = (day: number): string => new Date(Date.parse('2001-01-01T12:00:00Z') + day * dayMs).toISOString();

/** As many kinds of one's own as lines, each with something to keep. */
const kindFlood = (count: number): readonly Line[] =>
  Array.from({ length: count }, (_, i) => ({
    ...logLine({ seq: i }),
    event: `flood.k${i}`,
    level: 'a field of another',
  }));
/** As many days as lines, of two kinds of the contract and one of one's own. */
const dateFlood = (count: number): readonly Line[] =>
  Array.from({ length: count }, (_, i) => {
    const line = i % 3 === 0 ? { ...logLine(), event: 'my.own' } : logLine();
    return { ...line, seq: i, ts: at(i * 5) };
  });

async function fileCount(warehouse: Warehouse): Promise<number> {
  return (await loadSnapshot(warehouse.storage, await tempEngine())).files.size;
}

test.each([
  ['kinds', kindFlood(600), { compact_kinds_max: 20 }, 21],
  ['days', dateFlood(600), {}, 40],
  ['kinds and days at once', [...kindFlood(300), ...dateFlood(300)], { compact_files_max: 10 }, 14],
])('a flood of %s opens few files, and changes no answer', async (_, events, settings, filesMax) => {
  const warehouse = tempWarehouse(settings);
  warehouse.append('job-1/a.ndjson', linesOf(events.map((event, seq) => ({ ...event, seq }))));
  const reader = await tempReader(warehouse);
  const hot = await answersOf(reader);
  await compacted(warehouse);

  expect(await answersOf(reader)).toEqual(hot);
  expect(await answersOf(await tempReader(warehouse))).toEqual(hot);
  expect(await fileCount(warehouse)).toBeLessThanOrEqual(filesMax);
  const { problems } = await verify(warehouse.storage, await tempEngine());
  expect(problems).toEqual([]);
});

test('a flood over many commits does not make more kinds than the setting', async () => {
  const warehouse = tempWarehouse({ compact_kinds_max: 5, checkpoint_commits: 2 });
  const events = kindFlood(40);
  for (const [i, event] of events.entries()) {
    warehouse.append('job-1/a.ndjson', linesOf([event]));
    if (i % 10 === 9) await compacted(warehouse);
  }
  const reader = await tempReader(warehouse);

  expect(await reader.rows('select count(distinct event)::int as kinds from lake_files')).toEqual([{ kinds: 5 }]);
  expect(
    await reader.rows('select count(distinct event)::int as kinds, sum(hot::int)::int as hot from events'),
  ).toEqual([{ kinds: 40, hot: 0 }]);
});

test('init.sql reads files of several kinds and days as we do', async () => {
  const warehouse = tempWarehouse({ compact_kinds_max: 2 });
  warehouse.append(
    'job-1/a.ndjson',
    linesOf([...kindFlood(9), ...dateFlood(90)].map((event, seq) => ({ ...event, seq }))),
  );
  await compacted(warehouse);
  await writeInitSql(warehouse.storage, await tempEngine());
  const plain = await openByInitSql(warehouse.path);
  const reader = await tempReader(warehouse);
  const sql = 'from events order by all';

  expect(await plain.rows(sql)).toEqual((await reader.query(sql)).rows);
});

test('folders of several kinds or days have the name that other engines know for it', async () => {
  const warehouse = tempWarehouse({ compact_kinds_max: 0 });
  warehouse.append('job-1/a.ndjson', linesOf(kindFlood(3)));
  await compacted(warehouse);
  const [add] = (await loadSnapshot(warehouse.storage, await tempEngine())).files.values();

  expect(dirname(add?.path ?? '')).toBe('event=__HIVE_DEFAULT_PARTITION__/date=2026-11-23');
  expect(add?.partitionValues).toEqual({ event: null, date: '2026-11-23' });
});
