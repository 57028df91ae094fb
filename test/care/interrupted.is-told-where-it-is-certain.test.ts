import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endInterrupted, findInterrupted } from '../../src/care/index.ts';
import { openJobEmitter } from '../../src/emitters/index.ts';
import { compacted, tempFolder, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const emitters = JSON.stringify(new URL('../../dist/emitters/index.js', import.meta.url));
const minuteMs = 60_000;

test('a job whose process was killed is ended as an error, once, whether compacted or not', async () => {
  const warehouse = tempWarehouse();
  writeKilled(warehouse, 'killed');
  writeKilled(warehouse, 'killed-and-compacted');
  await compacted(warehouse);
  writeKilled(warehouse, 'killed-later');
  await compacted(warehouse);
  makeOld(warehouse, minuteMs);
  const jobs = await endInterrupted(warehouse.settings);
  const rows = await (await tempReader(warehouse)).rows(
    'select job_id, status, error_message from job_metrics order by 1',
  );

  expect(jobs.map(({ jobId }) => jobId)).toEqual(['killed', 'killed-and-compacted', 'killed-later']);
  expect(rows.map(({ status }) => status)).toEqual(['error', 'error', 'error']);
  expect(rows[0]?.error_message).toMatch(/^interrupted: its process, pid \d+ on .+, has gone without a word$/);
  makeOld(warehouse, minuteMs);
  expect(await endInterrupted(warehouse.settings)).toEqual([]);
});

test('what a killed job had begun to save is removed, and what it or another one has saved stays', async () => {
  const warehouse = tempWarehouse();
  const dir = tempFolder();
  const video = join(dir, 'seen.mp4');
  writeKilled(warehouse, 'j', `job.status({ device: 'cpu', status: 'queued', attrs: { files: ['${video}'] } });`);
  for (const name of ['.seen.mp4.j.part', '.seen.mp4.k.part', 'seen.mp4']) writeFileSync(join(dir, name), 'frames');
  makeOld(warehouse, minuteMs);
  const jobs = await endInterrupted(warehouse.settings);

  expect(jobs).toMatchObject([{ jobId: 'j', files: [video] }]);
  expect(readdirSync(dir).sort()).toEqual(['.seen.mp4.k.part', 'seen.mp4']);
});

test('a job that still runs, that ended, or that told its end elsewhere is left alone', async () => {
  const warehouse = tempWarehouse();
  const running = openJobEmitter({ warehouse: warehouse.path, jobId: 'runs', plugin: 'p' });
  running.status({ device: 'cpu', status: 'running' });
  await running.flush();
  writeKilled(warehouse, 'ended', `job.status({ device: 'cpu', status: 'done' });`);
  writeKilled(warehouse, 'ended-long-ago', `job.status({ device: 'cpu', status: 'done' }); talk();`);
  makeOld(warehouse, minuteMs);

  expect(await findInterrupted(warehouse.settings)).toEqual([]);
  running.close();
});

test('a job is left alone for as long as whoever started it may be about to tell its end', async () => {
  const warehouse = tempWarehouse();
  writeKilled(warehouse, 'just-now');

  expect(await findInterrupted(warehouse.settings)).toEqual([]);
});

test('a pid that another process has by now is a process that is gone', async () => {
  const warehouse = tempWarehouse();
  writeKilled(warehouse, 'j');
  changeOpened(warehouse, 'j', (line) => ({ ...line, pid: process.pid }));
  makeOld(warehouse, minuteMs);

  expect(await findInterrupted(warehouse.settings)).toMatchObject([{ jobId: 'j', pid: process.pid }]);
});

test.each([
  ['of another machine', { machine: 'ffffffffffff', boot: randomUUID() }],
  ['in a container whose processes are not seen from here', { pid_namespace: 'pid:[1]' }],
])('a writer %s may still write', async (_, change) => {
  const warehouse = tempWarehouse();
  writeKilled(warehouse, 'j');
  changeOpened(warehouse, 'j', (line) => ({ ...line, attrs: { ...line.attrs, ...change } }));
  makeOld(warehouse, 60 * minuteMs);

  expect(await findInterrupted(warehouse.settings)).toEqual([]);
});

test('a writer from before this machine started anew is gone, once it has been quiet for ten minutes', async () => {
  const warehouse = tempWarehouse();
  writeKilled(warehouse, 'j');
  changeOpened(warehouse, 'j', (line) => ({ ...line, attrs: { ...line.attrs, boot: randomUUID() } }));
  makeOld(warehouse, 9 * minuteMs);
  const before = await findInterrupted(warehouse.settings);
  makeOld(warehouse, 11 * minuteMs);

  expect(before).toEqual([]);
  expect(await findInterrupted(warehouse.settings)).toHaveLength(1);
});

test('a job that a foreign program writes to as well is left alone', async () => {
  const warehouse = tempWarehouse();
  writeKilled(warehouse, 'j');
  warehouse.append('j/foreign.ndjson', '{"event":"log","level":"info","message":"here"}\n');
  makeOld(warehouse, minuteMs);

  expect(await findInterrupted(warehouse.settings)).toEqual([]);
});

/** A job whose process says that it runs, and is killed. @param more what it does before that */
function writeKilled({ path: warehouse }: Warehouse, jobId: string, more = ''): void {
  const script = `
    import { openJobEmitter } from ${emitters};
    const job = openJobEmitter({ ...${JSON.stringify({ warehouse, jobId })}, plugin: 'p' });
    const talk = () => { for (let i = 0; i < 300; i++) job.log({ level: 'info', message: 'x'.repeat(100) }); };
    job.status({ device: 'cpu', status: 'running' });
    ${more}
    await job.flush();
    process.kill(process.pid, 'SIGKILL');
  `;
  expect(spawnSync(process.execPath, ['--input-type=module', '--eval', script]).signal).toBe('SIGKILL');
}

const filesOf = ({ path }: Warehouse): readonly string[] =>
  readdirSync(join(path, 'inbox'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => join(path, 'inbox', name));

function makeOld(warehouse: Warehouse, ms: number): void {
  const at = new Date(Date.now() - ms);
  for (const file of filesOf(warehouse)) utimesSync(file, at, at);
}

interface Opened {
  readonly pid: number;
  readonly attrs: Readonly<Record<string, string>>;
}

function changeOpened(warehouse: Warehouse, jobId: string, change: (line: Opened) => Opened): void {
  const [file = ''] = filesOf(warehouse).filter((name) => name.includes(`/${jobId}/`));
  const [first = '', ...others] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [JSON.stringify(change(JSON.parse(first))), ...others].join('\n'));
}
