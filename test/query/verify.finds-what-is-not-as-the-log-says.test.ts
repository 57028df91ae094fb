import { appendFileSync, copyFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSnapshot } from '../../src/lake/index.ts';
import { verify } from '../../src/query/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { rewriteEntry } from '../make/log-entry.ts';
import { compacted, tempEngine, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { foreignLines, writeJob } from './jobs.ts';

const stream = 'job-2/bash.ndjson';
const logs = (first: number, last: number): string =>
  linesOf(Array.from({ length: last - first + 1 }, (_, i) => logLine({ seq: first + i })));

/** One stream of 5 log lines, compacted; its only data file. */
async function oneFile(): Promise<{ readonly warehouse: Warehouse; readonly file: string }> {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', logs(0, 4));
  await compacted(warehouse);
  const folder = join(warehouse.path, 'events/event=log/date=2026-11-23');
  return { warehouse, file: join(folder, readdirSync(folder)[0] ?? '') };
}

async function problemsOf({ storage }: Warehouse): Promise<readonly string[]> {
  const { problems } = await verify(storage, await tempEngine());
  return problems.map(({ problem }) => problem);
}

test('a warehouse that is as its log says has no problem', async () => {
  const warehouse = tempWarehouse({ checkpoint_commits: 1 });
  writeJob(warehouse, 'job-1');
  warehouse.append(stream, `not JSON\n${foreignLines}`);
  await compacted(warehouse);
  warehouse.append(stream, logs(0, 9));
  await compacted(warehouse);
  writeJob(warehouse, 'job-3');

  const found = await verify(warehouse.storage, await tempEngine());

  expect(found).toMatchObject({ version: 1, streamCount: 2, rowCount: 32, problems: [], orphans: [] });
  expect(found.fileCount).toBeGreaterThan(8);
});

test('nothing compacted is no problem', async () => {
  const found = await verify(tempWarehouse().storage, await tempEngine());

  expect(found).toMatchObject({ version: -1, fileCount: 0, problems: [], orphans: [] });
});

test('a missing file is told, and how many lines are gone with it', async () => {
  const { warehouse, file } = await oneFile();
  rmSync(file);

  expect(await problemsOf(warehouse)).toEqual(['is missing', '5 of its 5 lines are missing in the lake']);
});

test('a file that was cut off is told', async () => {
  const { warehouse, file } = await oneFile();
  truncateSync(file, 100);

  const [size, reading] = await problemsOf(warehouse);

  expect(size).toMatch(/^has 100 bytes; the log says \d+$/);
  expect(reading).toMatch(/^cannot be read: /);
});

test('a flipped byte in the middle of a file is told, though its size and row count are right', async () => {
  const { warehouse, file } = await oneFile();
  const bytes = readFileSync(file);
  bytes.fill(0xff, 40, 60);
  writeFileSync(file, bytes);

  expect((await problemsOf(warehouse))[0]).toMatch(/^cannot be read: /);
});

test('a file of other rows than the log says is told', async () => {
  const { warehouse, file } = await oneFile();
  const other = tempWarehouse();
  other.append('job-1/a.ndjson', logs(0, 1));
  await compacted(other);
  const folder = join(other.path, 'events/event=log/date=2026-11-23');
  copyFileSync(join(folder, readdirSync(folder)[0] ?? ''), file);

  expect(await problemsOf(warehouse)).toContain('has 2 rows; the log says 5');
});

test('a column of another type, one that the log does not know, and rows of another kind are told', async () => {
  const { warehouse, file } = await oneFile();
  const engine = await tempEngine();
  await engine.run(`copy (select * replace (seq::varchar as seq, 'x' as event), 1 as stray from '${file}') to '${file}.new'
    (format parquet)`);
  copyFileSync(`${file}.new`, file);

  const problems = await problemsOf(warehouse);

  expect(problems).toContain('has seq as VARCHAR; the log says long');
  expect(problems).toContain('has a column stray that the log does not know');
  expect(problems).toContain('has 5 rows of another kind or day than its folder');
});

test('events that are in the lake twice are told', async () => {
  const { warehouse, file } = await oneFile();
  const { storage } = warehouse;
  const [add] = (await loadSnapshot(storage, await tempEngine())).files.values();
  copyFileSync(file, join(dirname(file), 'again.parquet'));
  const again = { ...add, path: add?.path.replace(/[^/]+$/, 'again.parquet') };
  writeFileSync(storage.locate('events/_delta_log/00000000000000000001.json'), `${JSON.stringify({ add: again })}\n`);

  expect(await problemsOf(warehouse)).toEqual(['5 of its events are in the lake more than once']);
});

test('a stream that the log does not know is told', async () => {
  const { warehouse } = await oneFile();
  rewriteEntry(warehouse, 0, (text) => {
    const lines = text.split('\n');
    return lines.filter((line) => !line.includes('"txn"')).join('\n');
  });

  expect(await problemsOf(warehouse)).toEqual(['the lake holds rows of it, and the log does not know it']);
});

test('a stream’s file that is shorter than what was taken of it, or another one, is told', async () => {
  const { warehouse } = await oneFile();
  const file = join(warehouse.path, 'inbox/job-1/a.ndjson');
  const bytes = readFileSync(file);
  truncateSync(file, 200);
  const shorter = await problemsOf(warehouse);
  bytes[bytes.length - 1] = 32;
  writeFileSync(file, bytes);
  appendFileSync(file, 'x\n');
  const other = await problemsOf(warehouse);

  expect(shorter).toEqual([
    expect.stringMatching(/^has 200 bytes, and \d+ were taken of it: it was cut off or replaced$/),
  ]);
  expect(other).toEqual([expect.stringMatching(/^has no line end where the lake stopped reading, at byte \d+/)]);
});

test('an old log entry and a checkpoint that cannot be read are told, though nobody needs them', async () => {
  const warehouse = tempWarehouse({ checkpoint_commits: 1 });
  warehouse.append('job-1/a.ndjson', logs(0, 0));
  await compacted(warehouse);
  warehouse.append('job-1/a.ndjson', logs(1, 1));
  await compacted(warehouse);
  const log = warehouse.storage.locate('events/_delta_log');
  writeFileSync(`${log}/00000000000000000000.json`, '{"add":');

  const { problems } = await verify(warehouse.storage, await tempEngine());

  expect(problems).toEqual([
    { of: 'events/_delta_log/00000000000000000000.json', problem: expect.stringContaining('line 1 of the log entry') },
  ]);
});

test('a log with a gap is damage, by its name', async () => {
  const { warehouse } = await oneFile();
  warehouse.append('job-1/a.ndjson', logs(5, 6));
  await compacted(warehouse);
  rmSync(warehouse.storage.locate('events/_delta_log/00000000000000000000.json'));

  await expect(verify(warehouse.storage, await tempEngine())).rejects.toMatchObject({ code: 'lake_damaged' });
});

test('a file that no log entry names is an orphan, and no problem', async () => {
  const { warehouse, file } = await oneFile();
  copyFileSync(file, join(dirname(file), 'left-by-a-crash.parquet'));

  const found = await verify(warehouse.storage, await tempEngine());

  expect(found.problems).toEqual([]);
  expect(found.orphans).toEqual(['events/event=log/date=2026-11-23/left-by-a-crash.parquet']);
});
