import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { retain } from '../../src/compactor/retain.ts';
import { commitPath } from '../../src/lake/index.ts';
import { verify } from '../../src/query/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { rewriteEntry } from '../make/log-entry.ts';
import { compacted, tempEngine, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { foreignLines, writeJob } from './jobs.ts';

const logs = (first: number, last: number): string =>
  linesOf(Array.from({ length: last - first + 1 }, (_, i) => logLine({ seq: first + i, message: `m${first + i}` })));

/** One stream of 5 log lines, compacted; its only data file. */
async function oneFile(given = {}): Promise<{ readonly warehouse: Warehouse; readonly file: string }> {
  const warehouse = tempWarehouse(given);
  warehouse.append('job-1/a.ndjson', logs(0, 4));
  await compacted(warehouse);
  const folder = join(warehouse.path, 'events/event=log/date=2026-11-23');
  return { warehouse, file: join(folder, readdirSync(folder)[0] ?? '') };
}

async function problemsOf({ storage }: Warehouse, batchBytes = 1000): Promise<readonly string[]> {
  const { problems } = await verify(storage, await tempEngine(), undefined, { deep: true, batchBytes });
  return problems.map(({ problem }) => problem);
}

/** Writes a file anew with other rows, as an engine that records no checksum would. */
async function rewritten(file: string, rows: string): Promise<void> {
  const engine = await tempEngine();
  await engine.run(`copy (${rows}) to '${file}.new' (format parquet)`);
  renameSync(`${file}.new`, file);
}

test('a warehouse that is as its log says has no problem, of whatever lines and in however many batches', async () => {
  const warehouse = tempWarehouse({ checkpoint_commits: 1 });
  writeJob(warehouse, 'job-1');
  warehouse.append('job-2/bash.ndjson', `not JSON\n${foreignLines}\n \n`);
  await compacted(warehouse);
  warehouse.append('job-2/bash.ndjson', logs(0, 9));
  await compacted(warehouse);
  writeJob(warehouse, 'job-3');

  expect(await problemsOf(warehouse)).toEqual([]);
  expect(await problemsOf(warehouse, 1)).toEqual([]);
});

test('a flipped byte that still decodes is told by the checksum, also where only a checkpoint is left of the log', async () => {
  const { warehouse, file } = await oneFile({ checkpoint_commits: 1 });
  warehouse.append('job-1/a.ndjson', logs(5, 6));
  await compacted(warehouse);
  rmSync(join(warehouse.path, commitPath(0)));
  const bytes = readFileSync(file);
  // The version of the file's writer stands at its end, and no reader minds it.
  bytes.write('D', bytes.lastIndexOf('DuckDB') + 1);
  writeFileSync(file, bytes);

  expect(await problemsOf(warehouse)).toEqual([
    expect.stringMatching(/^has the checksum [0-9a-f]{8}; the log says [0-9a-f]{8}$/),
  ]);
});

/** Of an add, in an entry. */
const statsText = /"stats":"(\\.|[^"\\])*"/;

test('values beyond the bounds of the log, and nulls that it does not know of, are told, also where another engine wrote it', async () => {
  const { warehouse, file } = await oneFile();
  const stats = {
    numRecords: 5,
    minValues: { seq: 0, ts: '2026-11-23T14:05:00.123Z', message: 'm0' },
    maxValues: { seq: 4, ts: '2026-11-23T14:05:00.123Z', message: 'm4' },
    nullCount: { level: 0 },
  };
  rewriteEntry(warehouse, 0, (entry) => entry.replace(statsText, `"stats":${JSON.stringify(JSON.stringify(stats))}`));
  await rewritten(
    file,
    `select * replace (seq + 100 as seq, ts - interval 2 hours as ts, 'a' as message, null::varchar as level) from '${file}'`,
  );

  const problems = await problemsOf(warehouse);

  expect(problems).toContain('has higher values in seq than the log says');
  expect(problems).toContain('has lower values in ts than the log says');
  expect(problems).toContain('has lower values in message than the log says');
  expect(problems).toContain('has 5 nulls in level; the log says 0');
});

test('rows that are other events than the inbox’s lines are told, and rows that are not there', async () => {
  const { warehouse, file } = await oneFile();
  // Within all bounds of the log.
  await rewritten(file, `select * replace (case seq when 2 then 'm3' else message end as message) from '${file}'`);
  const others = await problemsOf(warehouse);
  await rewritten(file, `select * from '${file}' where seq <> 3`);
  const fewer = await problemsOf(warehouse, 10);

  expect(others).toContain('1 of its lines are other events in the lake, the first is line 2');
  expect(fewer).toContain('1 of its lines in the inbox are missing in the lake, the first is line 3');
});

test('a file that records no checksum is compared by its values only', async () => {
  const { warehouse } = await oneFile();
  rewriteEntry(warehouse, 0, (text) => text.replace(/,"tags":\{[^}]*\}/, ''));

  expect(await problemsOf(warehouse)).toEqual([]);
});

test('a data file that is a link is told, whatever it points to', async () => {
  const { warehouse, file } = await oneFile();
  const elsewhere = join(warehouse.path, 'elsewhere.parquet');
  copyFileSync(file, elsewhere);
  rmSync(file);
  symlinkSync(elsewhere, file);

  expect(await problemsOf(warehouse)).toContain('is a link to a file elsewhere');
});

test('lines that expired are not missing ones', async () => {
  const { warehouse } = await oneFile({ retention: 'log=30d' });
  warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq: 5, event: 'overlay.frame', frame_index: 1 })]));
  await compacted(warehouse);
  const { storage, settings } = warehouse;
  const expired = await retain({ storage, engine: await tempEngine(), settings }, Date.parse('2027-03-01'));

  expect(expired).toEqual({ files: 1, lines: 5 });
  expect((await verify(storage, await tempEngine())).problems).toEqual([]);
  expect(await problemsOf(warehouse, 10)).toEqual([]);
});
