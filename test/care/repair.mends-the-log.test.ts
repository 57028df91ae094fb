import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planRepair, repair } from '../../src/care/index.ts';
import { checkpointPath, commitPath, lastCheckpointPath, loadSnapshot } from '../../src/lake/index.ts';
import { verify } from '../../src/query/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const logs = (count: number, from = 0): string =>
  linesOf(Array.from({ length: count }, (_, i) => logLine({ seq: from + i })));

/** One stream, taken by so many commits of two lines each. */
async function lakeOf(commits: number, given = {}): Promise<Warehouse> {
  const warehouse = tempWarehouse(given);
  for (const i of Array.from({ length: commits }).keys()) {
    warehouse.append('job-1/a.ndjson', logs(2, 2 * i));
    await compacted(warehouse);
  }
  return warehouse;
}

async function benchOf({ storage, settings }: Warehouse) {
  return { storage, settings, engine: await tempEngine() };
}

const at = ({ path }: Warehouse, file: string): string => join(path, file);

/** Every file of the warehouse with its content. */
function contentOf({ path }: Warehouse): readonly string[] {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map(({ parentPath, name }) => `${parentPath}/${name} ${readFileSync(join(parentPath, name), 'latin1')}`)
    .sort();
}

const seqsOf = async (warehouse: Warehouse): Promise<readonly unknown[]> =>
  (await (await tempReader(warehouse)).rows('select seq::int as seq from logs order by seq')).map(({ seq }) => seq);

test('a warehouse that is well needs no repair', async () => {
  const warehouse = await lakeOf(4, { checkpoint_commits: 2 });

  expect(await planRepair(await benchOf(warehouse))).toEqual({ fixes: [], hopeless: [], isPartial: false });
});

test.each([
  ['empty', 0],
  ['torn', 200],
])('a newest log entry that is %s is set aside, and its lines are taken again, once', async (_, bytes) => {
  const warehouse = await lakeOf(3);
  truncateSync(at(warehouse, commitPath(2)), bytes);
  const bench = await benchOf(warehouse);
  const before = contentOf(warehouse);

  const plan = await planRepair(bench);
  expect(contentOf(warehouse)).toEqual(before);
  expect(plan).toMatchObject({ fixes: [{ of: commitPath(2) }], hopeless: [], isPartial: true });
  const { done, left } = await repair(bench);

  expect(done).toHaveLength(1);
  expect(left).toEqual({ fixes: [], hopeless: [], isPartial: false });
  expect(readdirSync(at(warehouse, 'events/_delta_log')).filter((name) => name.startsWith('.torn-'))).toHaveLength(1);
  expect(await seqsOf(warehouse)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await compacted(warehouse)).toMatchObject({ lines: 2 });
  expect(await seqsOf(warehouse)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await repair(bench)).toMatchObject({ done: [], left: { fixes: [], hopeless: [] } });
});

test('a torn entry whose lines are nowhere else is left, and the lines are told', async () => {
  const warehouse = await lakeOf(2);
  truncateSync(at(warehouse, commitPath(1)), 10);
  rmSync(at(warehouse, 'inbox/job-1/a.ndjson'));

  const { done, left } = await repair(await benchOf(warehouse));

  expect(done).toEqual([]);
  expect(left.hopeless).toEqual([
    expect.objectContaining({ of: commitPath(1), found: expect.stringContaining('lines 2 to 3 of ') }),
  ]);
  expect(existsSync(at(warehouse, commitPath(1)))).toBe(true);
});

test('a torn entry that the log went on behind is left to the one who has a copy', async () => {
  const warehouse = await lakeOf(3);
  truncateSync(at(warehouse, commitPath(1)), 10);
  const before = contentOf(warehouse);

  const { done, left } = await repair(await benchOf(warehouse));

  expect(done).toEqual([]);
  expect(left.hopeless).toMatchObject([{ of: commitPath(1), advice: expect.stringContaining('backup') }]);
  expect(contentOf(warehouse)).toEqual(before);
});

test('a torn entry that a later checkpoint covers needs nothing', async () => {
  const warehouse = await lakeOf(3, { checkpoint_commits: 2 });
  truncateSync(at(warehouse, commitPath(1)), 10);

  expect(await planRepair(await benchOf(warehouse))).toEqual({ fixes: [], hopeless: [], isPartial: false });
});

test.each([
  ['the newest version', 3],
  ['an older version', 4],
])('a broken checkpoint of %s is rebuilt from the one before it and the log', async (_, commits) => {
  const warehouse = await lakeOf(commits, { checkpoint_commits: 1 });
  rmSync(at(warehouse, checkpointPath(3)), { force: true });
  writeFileSync(at(warehouse, checkpointPath(2)), 'PAR1 torn');
  rmSync(at(warehouse, commitPath(0)));
  const bench = await benchOf(warehouse);
  const whole = await loadSnapshot(bench.storage, bench.engine);

  const { done, left } = await repair(bench);

  expect(done).toMatchObject([{ of: checkpointPath(2) }]);
  expect(left).toEqual({ fixes: [], hopeless: [], isPartial: false });
  for (const version of [0, 1, 2, 3]) rmSync(at(warehouse, commitPath(version)), { force: true });
  rmSync(at(warehouse, checkpointPath(1)));
  const again = await loadSnapshot(bench.storage, bench.engine);
  expect([again.version, [...again.files.keys()], again.txns]).toEqual([
    whole.version,
    [...whole.files.keys()],
    whole.txns,
  ]);
  expect(readFileSync(at(warehouse, lastCheckpointPath), 'utf8')).toContain(`{"version":${whole.version},`);
});

test('a broken checkpoint without which the log cannot be followed is told', async () => {
  const warehouse = await lakeOf(3, { checkpoint_commits: 2 });
  writeFileSync(at(warehouse, checkpointPath(2)), 'PAR1 torn');
  for (const version of [0, 1, 2]) rmSync(at(warehouse, commitPath(version)));

  const { fixes, hopeless } = await planRepair(await benchOf(warehouse));

  expect(fixes).toEqual([]);
  expect(hopeless).toHaveLength(3);
});

test.each([
  ['empty', ''],
  ['torn', '{"version":2'],
  ['stale', '{"version":1,"size":4}'],
])('an %s _last_checkpoint is written anew', async (_, content) => {
  const warehouse = await lakeOf(4, { checkpoint_commits: 2 });
  const hint = readFileSync(at(warehouse, lastCheckpointPath), 'utf8');
  writeFileSync(at(warehouse, lastCheckpointPath), content);

  const { done } = await repair(await benchOf(warehouse));

  expect(done).toMatchObject([{ of: lastCheckpointPath }]);
  expect(readFileSync(at(warehouse, lastCheckpointPath), 'utf8')).toBe(hint);
});

test('what a crash left is removed once it is a day old', async () => {
  const warehouse = await lakeOf(1);
  const old = new Date(Date.now() - 2 * 24 * 3_600_000);
  for (const name of ['old', 'young']) {
    mkdirSync(at(warehouse, `events/_scratch/${name}`), { recursive: true });
    writeFileSync(at(warehouse, `events/_scratch/${name}/0.parquet`), 'x');
  }
  writeFileSync(at(warehouse, 'events/_delta_log/.tmp-1'), 'x');
  for (const name of ['_scratch/old', '_delta_log/.tmp-1']) utimesSync(at(warehouse, `events/${name}`), old, old);

  const { done } = await repair(await benchOf(warehouse));

  expect(done).toHaveLength(1);
  expect(readdirSync(at(warehouse, 'events/_scratch'))).toEqual(['young']);
  expect(existsSync(at(warehouse, 'events/_delta_log/.tmp-1'))).toBe(false);
  expect((await verify(warehouse.storage, await tempEngine())).problems).toEqual([]);
});
