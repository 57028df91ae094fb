import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backup } from '../../src/care/index.ts';
import { sweep } from '../../src/compactor/index.ts';
import { commitPath } from '../../src/lake/index.ts';
import { examineWarehouse } from '../../src/query/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { answersOf } from '../make/views.ts';
import { compacted, tempEngine, tempFolder, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { foreignLines, writeJob } from '../query/jobs.ts';

const logs = (count: number, from = 0): string =>
  linesOf(Array.from({ length: count }, (_, i) => logLine({ seq: from + i })));

async function backedUp({ storage }: Warehouse, destination: string, signal?: AbortSignal) {
  return backup({ storage, engine: await tempEngine() }, destination, undefined, signal);
}

/** Every event with all its fields and its id, wherever it lies. */
async function eventsOf(warehouse: Warehouse) {
  return (await tempReader(warehouse)).query('select * exclude (hot) from events order by id');
}

const stateOf = (destination: string): unknown => JSON.parse(readFileSync(join(destination, 'backup.json'), 'utf8'));

/** Compacted and hot lines, of ours and of others. */
async function filled(): Promise<Warehouse> {
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  warehouse.append('job-2/bash.ndjson', `not JSON\n${foreignLines}`);
  await compacted(warehouse);
  warehouse.append('job-2/bash.ndjson', logs(3));
  writeJob(warehouse, 'job-3');
  return warehouse;
}

test('the settings file comes along, as it is now', async () => {
  const warehouse = tempWarehouse();
  const destination = join(tempFolder(), 'copy');
  const settings = '{"kinds":{"gpu.sample":{"watts":"DOUBLE"}}}';
  writeFileSync(join(warehouse.path, 'siltstone.json'), settings);
  await backedUp(warehouse, destination);
  const first = readFileSync(join(destination, 'siltstone.json'), 'utf8');
  rmSync(join(warehouse.path, 'siltstone.json'));
  await backedUp(warehouse, destination);

  expect(first).toBe(settings);
  expect(existsSync(join(destination, 'siltstone.json'))).toBe(false);
});

test('every view of a backup says what the warehouse says, also once both are compacted', async () => {
  const warehouse = await filled();
  const destination = join(tempFolder(), 'copy');
  const before = await answersOf(await tempReader(warehouse));

  const done = await backedUp(warehouse, destination);
  const copy = tempWarehouse({}, destination);

  expect(done).toMatchObject({ version: 0, streamCount: 3, problems: [] });
  expect(stateOf(destination)).toMatchObject({ state: 'complete', version: 0 });
  expect(await answersOf(await tempReader(copy))).toEqual(before);
  await compacted(copy);
  await compacted(warehouse);
  expect(await answersOf(await tempReader(copy))).toEqual(await answersOf(await tempReader(warehouse)));
});

test('data files are shared on one file system, and streams, which grow, are not', async () => {
  const warehouse = await filled();
  const destination = join(tempFolder(), 'copy');
  await backedUp(warehouse, destination);
  warehouse.append('job-2/bash.ndjson', logs(1));

  const folder = 'events/event=overlay.frame';
  const [day = ''] = readdirSync(join(destination, folder));
  const [file = ''] = readdirSync(join(destination, folder, day));
  const inode = (root: string): number => statSync(join(root, folder, day, file)).ino;
  expect(inode(destination)).toBe(inode(warehouse.path));
  const bytes = (root: string): number => statSync(join(root, 'inbox/job-2/bash.ndjson')).size;
  expect(bytes(destination)).toBeLessThan(bytes(warehouse.path));
});

test('a second backup brings what is new, and drops streams that were taken and removed', async () => {
  const warehouse = await filled();
  const destination = join(tempFolder(), 'copy');
  await backedUp(warehouse, destination);
  const first = readdirSync(join(destination, 'inbox'));
  await compacted(warehouse);
  const engine = await tempEngine();
  await sweep(warehouse.storage, engine, { inbox_grace_ms: -1 });
  await sweep(warehouse.storage, engine, { inbox_grace_ms: -1 });
  warehouse.append('job-4/a.ndjson', logs(2));
  const before = await eventsOf(warehouse);

  const done = await backedUp(warehouse, destination);

  expect(done.keptCount).toBeGreaterThan(0);
  expect(done.keptCount).toBeLessThan(done.fileCount);
  expect(first).toContain('job-1');
  expect(existsSync(join(destination, 'inbox/job-1')) && readdirSync(join(destination, 'inbox/job-1'))).toEqual([]);
  expect(await eventsOf(tempWarehouse({}, destination))).toEqual(before);
});

test('a torn last line stays out, and nothing compacted is no obstacle', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', `${logs(2)}{"event":"lo`);
  const destination = tempFolder();

  expect(await backedUp(warehouse, destination)).toMatchObject({ version: -1, problems: [] });
  expect(readFileSync(join(destination, 'inbox/job-1/a.ndjson'), 'utf8')).toBe(logs(2));
});

test('a log entry that a checkpoint covers may be torn or gone: the backup opens by its own', async () => {
  const warehouse = tempWarehouse({ checkpoint_commits: 1 });
  for (const from of [0, 1, 2]) {
    warehouse.append('job-1/a.ndjson', logs(1, from));
    await compacted(warehouse);
  }
  writeFileSync(join(warehouse.path, commitPath(0)), '{"add":');
  rmSync(join(warehouse.path, commitPath(1)));
  const destination = join(tempFolder(), 'copy');

  expect(await backedUp(warehouse, destination)).toMatchObject({ version: 2, problems: [] });
});

test('a folder that holds anything else is refused, and left as it is', async () => {
  const warehouse = await filled();
  const other = tempFolder();
  writeFileSync(join(other, 'letters.txt'), 'x');
  const ofAnother = join(tempFolder(), 'copy');
  await backedUp(tempWarehouse(), ofAnother);
  const inside = join(warehouse.path, 'copy');
  mkdirSync(inside);

  const refused = { code: 'backup_refused' };
  await expect(backedUp(warehouse, other)).rejects.toMatchObject(refused);
  await expect(backedUp(warehouse, ofAnother)).rejects.toMatchObject(refused);
  await expect(backedUp(warehouse, inside)).rejects.toMatchObject(refused);
  await expect(backedUp(warehouse, warehouse.path)).rejects.toMatchObject(refused);
  expect(readdirSync(other)).toEqual(['letters.txt']);
  expect(readdirSync(inside)).toEqual([]);
});

test('a backup that was written to since is a warehouse of its own, and refused', async () => {
  const warehouse = await filled();
  const destination = join(tempFolder(), 'copy');
  await backedUp(warehouse, destination);
  await compacted(tempWarehouse({}, destination));

  await expect(backedUp(warehouse, destination)).rejects.toMatchObject({
    code: 'backup_refused',
    message: expect.stringContaining('written to since'),
  });
});

test('what was broken off says so, to doctor too, and the next backup completes it', async () => {
  const warehouse = await filled();
  const destination = join(tempFolder(), 'copy');
  const signal = AbortSignal.abort(new Error('ended'));

  await expect(backedUp(warehouse, destination, signal)).rejects.toThrow('ended');
  const copy = tempWarehouse({}, destination);
  const findings = await examineWarehouse(copy.storage, await tempEngine(), copy.settings);

  expect(stateOf(destination)).toMatchObject({ state: 'incomplete' });
  expect(findings).toContainEqual(expect.objectContaining({ state: 'wrong', of: 'backup' }));
  expect(await backedUp(warehouse, destination)).toMatchObject({ problems: [] });
  expect(stateOf(destination)).toMatchObject({ state: 'complete' });
});

test('a warehouse with a live file missing is not taken for whole', async () => {
  const warehouse = await filled();
  const folder = join(warehouse.path, 'events/event=log');
  rmSync(folder, { recursive: true });

  await expect(backedUp(warehouse, join(tempFolder(), 'copy'))).rejects.toMatchObject({ code: 'lake_damaged' });
});

test('a stream that was taken and removed behind the copy’s back is in the backup all the same', async () => {
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  const engine = await tempEngine();
  const removal = async (): Promise<void> => {
    await compacted(warehouse);
    await sweep(warehouse.storage, engine, { inbox_grace_ms: -1 });
    await sweep(warehouse.storage, engine, { inbox_grace_ms: -1 });
  };
  // The first look at the log finds it empty; before the inbox is listed, the stream is taken and gone.
  const behindTheBack = new Map([[commitPath(0), removal]]);
  const read = async (path: string) => {
    const found = await warehouse.storage.read(path);
    const action = behindTheBack.get(path);
    behindTheBack.delete(path);
    await action?.();
    return found;
  };
  const destination = join(tempFolder(), 'copy');

  const done = await backup({ storage: { ...warehouse.storage, read }, engine: await tempEngine() }, destination);

  expect(done).toMatchObject({ version: 0, streamCount: 0, problems: [] });
  const copy = await eventsOf(tempWarehouse({}, destination));
  expect(copy).toEqual(await eventsOf(warehouse));
  expect(copy.rows.length).toBeGreaterThan(8);
});
