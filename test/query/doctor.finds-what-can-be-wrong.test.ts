import { mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examineWarehouse } from '../../src/query/index.ts';
import { lineOf, logLine } from '../make/events.ts';
import { promote, sample } from '../make/promotion.ts';
import { compacted, tempEngine, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { writeJob } from './jobs.ts';

const twoDaysAgo = new Date(Date.now() - 2 * 24 * 3_600_000);

/** What is not well, each as `state of: found`. */
async function complaints({ storage, settings }: Warehouse): Promise<readonly string[]> {
  const findings = await examineWarehouse(storage, await tempEngine(), settings);
  return findings.filter(({ state }) => state !== 'ok').map(({ state, of, found }) => `${state} ${of}: ${found}`);
}

test('a warehouse that is well has nothing to complain of', async () => {
  const warehouse = tempWarehouse({ checkpoint_commits: 1 });
  writeJob(warehouse, 'job-1');
  await compacted(warehouse);
  writeJob(warehouse, 'job-2');
  await compacted(warehouse);

  expect(await complaints(warehouse)).toEqual([]);
});

test('every complaint says what to do', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('no job!/notes.txt', 'x');
  const findings = await examineWarehouse(warehouse.storage, await tempEngine(), warehouse.settings);

  expect(findings.filter(({ state }) => state !== 'ok')).toHaveLength(2);
  expect(findings.filter(({ state, remedy }) => (state === 'ok') !== (remedy === undefined))).toEqual([]);
});

test('a warehouse that is not there is wrong, and nothing else is asked', async () => {
  const warehouse = tempWarehouse({}, '/nowhere/at/all');

  expect(await complaints(warehouse)).toEqual(['wrong warehouse: there is no folder /nowhere/at/all']);
});

test('a promoted field whose column the lake has in another type is told, and a settings file that is broken', async () => {
  const warehouse = tempWarehouse();
  promote(warehouse, { 'gpu.sample': { watts: 'BIGINT' } });
  warehouse.append('job-1/a.ndjson', lineOf(sample(0, { watts: 300 })));
  await compacted(warehouse);
  expect(await complaints(warehouse)).toEqual([]);

  promote(warehouse, { 'gpu.sample': { watts: 'DOUBLE' } });
  expect(await complaints(warehouse)).toEqual([
    'warning siltstone.json: the lake holds the column gpu_sample__watts in another type than DOUBLE',
  ]);

  promote(warehouse, { 'gpu.sample': { seq: 'BIGINT' } });
  expect(await complaints(warehouse)).toContain(
    'wrong siltstone.json: siltstone.json: kinds: gpu.sample: seq: every view has a column of that name',
  );
});

test('what is passed over in the inbox is told', async () => {
  const warehouse = tempWarehouse();
  const inbox = join(warehouse.path, 'inbox');
  warehouse.append('a job/a.ndjson', lineOf(logLine()));
  warehouse.append('job-1/notes.txt', 'x');
  writeFileSync(join(inbox, 'stray.ndjson'), '');
  mkdirSync(join(inbox, 'job-1/deeper'));
  symlinkSync('/etc/hostname', join(inbox, 'job-1/link.ndjson'));

  expect(await complaints(warehouse)).toEqual([
    `warning inbox: folders whose name is no job id: 1, such as ${inbox}/a job`,
    `warning inbox: links, which are passed over: 1, such as ${inbox}/job-1/link.ndjson`,
    `warning inbox: files that are no streams, which are passed over: 3, such as ${inbox}/stray.ndjson`,
  ]);
});

test('a last line without an end is told once it is an hour old', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/young.ndjson', '{"event":"lo');
  warehouse.append('job-1/old.ndjson', '{"event":"lo');
  utimesSync(join(warehouse.path, 'inbox/job-1/old.ndjson'), twoDaysAgo, twoDaysAgo);

  expect(await complaints(warehouse)).toEqual([
    'warning inbox: streams whose last line has had no line end for an hour: 1, such as inbox/job-1/old.ndjson',
  ]);
});

test('lines that are no events, wrong numbers, lost events and times to come are told', async () => {
  const warehouse = tempWarehouse();
  const inTwoDays = new Date(Date.now() + 2 * 24 * 3_600_000).toISOString();
  const lost = { logger: 'siltstone.emitter', level: 'error', attrs: { events_lost: 7 } };
  const events = [logLine({ seq: 5 }), logLine({ seq: 1, ...lost }), logLine({ seq: 2, ts: inTwoDays })];
  warehouse.append('job-1/a.ndjson', `${events.map(lineOf).join('')}not JSON\n`);

  expect(await complaints(warehouse)).toEqual([
    'warning events: events that their writers had to drop: 7',
    'warning events: lines that are no events: 1',
    'warning events: lines whose seq is not their number in the stream: 1',
    expect.stringMatching(/^warning events: events of more than a day from now: 1, such as one of job job-1 at /),
  ]);
});

test('a log with a gap is wrong', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lineOf(logLine()));
  await compacted(warehouse);
  const entry = (version: number) => warehouse.storage.locate(`events/_delta_log/0000000000000000000${version}.json`);
  writeFileSync(entry(2), '{"commitInfo":{}}\n');

  expect((await complaints(warehouse))[0]).toContain(
    'wrong lake: the log entry events/_delta_log/00000000000000000001.json is missing',
  );
});

test('a checkpoint that cannot be read is a warning: the log before it is there', async () => {
  const warehouse = tempWarehouse({ checkpoint_commits: 1 });
  warehouse.append('job-1/a.ndjson', lineOf(logLine()));
  await compacted(warehouse);
  warehouse.append('job-1/a.ndjson', lineOf(logLine({ seq: 1 })));
  await compacted(warehouse);
  truncateSync(warehouse.storage.locate('events/_delta_log/00000000000000000001.checkpoint.parquet'), 10);

  expect(await complaints(warehouse)).toEqual([
    'warning checkpoint: the checkpoint events/_delta_log/00000000000000000001.checkpoint.parquet cannot be read',
  ]);
});

test('a live file that is gone is told with what mends it, and so is the query that fails by it', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lineOf(logLine()));
  await compacted(warehouse);
  rmSync(warehouse.storage.locate('events/event=log'), { recursive: true });

  const findings = await examineWarehouse(warehouse.storage, await tempEngine(), warehouse.settings);
  const wrong = findings.filter(({ state }) => state === 'wrong');

  expect(wrong.map(({ of }) => of)).toEqual(['lake', 'events']);
  expect(wrong[0]?.found).toMatch(/^live files that are missing or of another size: 1, such as events\/event=log\//);
  expect(wrong.filter(({ remedy }) => !remedy?.includes('`siltstone repair`'))).toEqual([]);
});

test('a link in the table is told, to a file or to a folder', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lineOf(logLine()));
  await compacted(warehouse);
  const table = warehouse.storage.locate('events');
  symlinkSync('/etc/hostname', join(table, 'event=log/date=2026-11-23/x.parquet'));
  symlinkSync('/etc', join(table, 'event=x'));

  expect(await complaints(warehouse)).toEqual([expect.stringMatching(/^wrong lake: links in the table: 2, such as /)]);
});

test('what a crash left is told after a day', async () => {
  const warehouse = tempWarehouse();
  const scratch = warehouse.storage.locate('events/_scratch');
  mkdirSync(join(scratch, 'old'), { recursive: true });
  mkdirSync(join(scratch, 'young'));
  utimesSync(join(scratch, 'old'), twoDaysAgo, twoDaysAgo);

  expect(await complaints(warehouse)).toEqual([
    `warning leftovers: files of a crash, older than a day: 1, such as ${scratch}/old`,
  ]);
  expect(readdirSync(scratch)).toHaveLength(2);
});

test('lines that are nowhere are wrong', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lineOf(logLine()) + lineOf(logLine({ seq: 1 })));
  await compacted(warehouse);
  const engine = await tempEngine();
  const folder = warehouse.storage.locate('events/event=log/date=2026-11-23');
  const file = join(folder, readdirSync(folder)[0] ?? '');
  await engine.run(`create table kept as from '${file}' where seq = 0`);
  await engine.run(`copy kept to '${file}' (format parquet)`);

  expect(await complaints(warehouse)).toEqual([
    expect.stringMatching(/^wrong lake: live files that are missing or of another size: 1, /),
    expect.stringMatching(/^wrong events: lines neither in the lake nor in the inbox: 1, such as .*a\.ndjson#/),
  ]);
});
