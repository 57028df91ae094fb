import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planRepair, repair } from '../../src/care/index.ts';
import { retain } from '../../src/compactor/retain.ts';
import { SiltstoneError } from '../../src/errors.ts';
import { verify } from '../../src/query/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { rewriteEntry } from '../make/log-entry.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { foreignLines, writeJob } from '../query/jobs.ts';

async function benchOf({ storage, settings }: Warehouse) {
  return { storage, settings, engine: await tempEngine() };
}

async function deepProblems({ storage }: Warehouse): Promise<readonly unknown[]> {
  return (await verify(storage, await tempEngine(), undefined, { deep: true })).problems;
}

/** Every event with all its fields and its id, wherever it lies. */
async function eventsOf(warehouse: Warehouse): Promise<unknown> {
  return (await tempReader(warehouse)).query('select * exclude (hot) from events order by id');
}

/** The data files of a kind. */
function filesOf({ path }: Warehouse, kind: string): readonly string[] {
  const folder = join(path, `events/event=${kind}`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

const theFile = (warehouse: Warehouse, kind: string): string => filesOf(warehouse, kind)[0] ?? '';

/** Two streams whose lines lie in the same files, of ours and of others, and some that are hot. */
async function filled(): Promise<Warehouse> {
  const warehouse = tempWarehouse({ compact_batch_bytes: 2000 });
  writeJob(warehouse, 'job-1');
  warehouse.append('job-2/bash.ndjson', `not JSON\n${foreignLines}`);
  await compacted(warehouse, { settings: { ...warehouse.settings, compact_batch_bytes: 1_000_000 } });
  warehouse.append('job-2/bash.ndjson', foreignLines);
  return warehouse;
}

const damages: readonly (readonly [string, (file: string) => void])[] = [
  ['is missing', (file) => rmSync(file)],
  ['was cut off', (file) => truncateSync(file, 100)],
  ['has other bytes', (file) => writeFileSync(file, readFileSync(file).fill(0xff, 40, 60))],
];

test.each(damages)('a data file that %s is replaced by its lines in the inbox, in one commit', async (_, damage) => {
  const warehouse = await filled();
  const before = await eventsOf(warehouse);
  damage(theFile(warehouse, 'log'));
  damage(theFile(warehouse, 'overlay.frame'));
  const bench = await benchOf(warehouse);

  const plan = await planRepair(bench);
  const { done, left } = await repair(bench);

  expect(plan.fixes).toMatchObject([{ of: '2 data files' }]);
  expect(plan.fixes[0]?.loses).toBeUndefined();
  expect(done).toHaveLength(1);
  expect(left).toEqual({ fixes: [], hopeless: [], isPartial: false });
  expect(await deepProblems(warehouse)).toEqual([]);
  expect(await eventsOf(warehouse)).toEqual(before);
  await compacted(warehouse);
  expect(await eventsOf(warehouse)).toEqual(before);
  expect(await repair(bench)).toMatchObject({ done: [], left: { fixes: [] } });
});

test('where the inbox has the lines no more, they are told by stream and number, and nothing is given up unasked', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', linesOf([0, 1, 2].map((seq) => logLine({ seq }))));
  warehouse.append('job-2/b.ndjson', linesOf([0, 1].map((seq) => logLine({ job_id: 'job-2', seq }))));
  await compacted(warehouse);
  rmSync(theFile(warehouse, 'log'));
  rmSync(join(warehouse.path, 'inbox/job-1'), { recursive: true });
  const bench = await benchOf(warehouse);

  const unasked = await repair(bench);
  const asked = await repair(bench, { acceptLoss: true });

  expect(unasked.done).toEqual([]);
  expect(unasked.left.fixes).toMatchObject([
    { loses: expect.stringMatching(/^3 events: lines 0 to 2 of [^,]*job-1\/a\.ndjson#[0-9a-f]+$/) },
  ]);
  expect(asked).toMatchObject({ done: [{ of: 'a data file' }], left: { fixes: [] } });
  const rows = await (await tempReader(warehouse)).rows('select job_id, count(*)::int as n from logs group by all');
  expect(rows).toEqual([{ job_id: 'job-2', n: 2 }]);
});

test('what retention removed on purpose does not come back with what was lost', async () => {
  const warehouse = tempWarehouse({ retention: 'log=30d' });
  const frame = { event: 'overlay.frame', render_time_ms: 1, dropped_frames: 0, fps: 30, surface: 'server' };
  const { level: _, message: __, ...envelope } = logLine() as Record<string, unknown>;
  warehouse.append('job-1/a.ndjson', linesOf([logLine(), { ...envelope, ...frame, seq: 1, frame_index: 0 }]));
  await compacted(warehouse);
  const bench = await benchOf(warehouse);
  await retain(bench, Date.parse('2027-03-01'));
  rmSync(theFile(warehouse, 'overlay.frame'));

  const { done, left } = await repair(bench);

  expect(done).toMatchObject([
    { proof: expect.stringMatching(/^of 1 rows that the log counts, the inbox still holds 1 /) },
  ]);
  expect(left.fixes).toEqual([]);
  expect(await deepProblems(warehouse)).toEqual([]);
  const rows = await (await tempReader(warehouse)).rows('select event from events');
  expect(rows).toEqual([{ event: 'overlay.frame' }]);
});

test('a file whose rows the log does not count is left where the inbox cannot tell which they were', async () => {
  const warehouse = await filled();
  rewriteEntry(warehouse, 0, (text) => text.replaceAll(/"stats":"(?:[^"\\]|\\.)*"/g, '"stats":"{}"'));
  rmSync(theFile(warehouse, 'log'));

  const { fixes, hopeless } = await planRepair(await benchOf(warehouse));

  expect(fixes).toEqual([]);
  expect(hopeless).toMatchObject([{ found: 'is missing' }]);
});

test.each(['publish', 'create'] as const)(
  'a repair that is cut off at %s leaves the lake no worse, and the next one mends it',
  async (call) => {
    const warehouse = await filled();
    const before = await eventsOf(warehouse);
    rmSync(theFile(warehouse, 'detection'));
    const bench = await benchOf(warehouse);
    const cutOff = (): Promise<never> => Promise.reject(new SiltstoneError('disk_full', 'cut off'));

    const problems = await deepProblems(warehouse);
    await expect(repair({ ...bench, storage: { ...warehouse.storage, [call]: cutOff } })).rejects.toThrow('cut off');

    expect(await deepProblems(warehouse)).toEqual(problems);
    expect(await repair(bench)).toMatchObject({ done: [{}], left: { fixes: [] } });
    expect(await eventsOf(warehouse)).toEqual(before);
  },
);

test('of two repairs at once one mends, and no event is there twice', async () => {
  const warehouse = await filled();
  const before = await eventsOf(warehouse);
  rmSync(theFile(warehouse, 'log'));

  const [a, b] = await Promise.all([repair(await benchOf(warehouse)), repair(await benchOf(warehouse))]);

  expect(a.done.length + b.done.length).toBe(1);
  expect(await deepProblems(warehouse)).toEqual([]);
  expect(await eventsOf(warehouse)).toEqual(before);
});

test('a file of another program’s making that holds its rows is told, and left', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', linesOf([0, 1, 2].map((seq) => logLine({ seq }))));
  await compacted(warehouse);
  const file = theFile(warehouse, 'log');
  const engine = await tempEngine();
  await engine.run(`copy (select *, 1 as stray from '${file}') to '${file}.new' (format parquet)`);
  renameSync(`${file}.new`, file);
  const size = `"size":${readFileSync(file).length}`;
  rewriteEntry(warehouse, 0, (text) => text.replace(/"size":\d+/, size).replace(/,"tags":\{[^}]*\}/, ''));

  const { fixes, hopeless } = await planRepair(await benchOf(warehouse));

  expect(fixes).toEqual([]);
  expect(hopeless).toMatchObject([{ found: 'has a column stray that the log does not know' }]);
});
