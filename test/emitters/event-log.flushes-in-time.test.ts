import { expect, test, vi } from 'vitest';
import { makeDisk } from './disk.ts';
import { eventsOf, makeLog, tempWarehouse } from './warehouse.ts';

const message = (text: string) => ({ level: 'info', message: text }) as const;

test('events wait until the buffer is full', () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile, bufferBytes: 500, flushWaitMs: 60_000 });

  log.append('log', message('a'.repeat(300)));
  expect(disk.lines(0)).toHaveLength(1);
  log.append('log', message('b'.repeat(300)));

  expect(disk.lines(0)).toHaveLength(3);
});

test('an event waits no longer than it may', async () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile, flushWaitMs: 5 });
  log.append('log', message('one'));
  expect(disk.lines(0)).toHaveLength(1);

  await vi.waitFor(() => expect(disk.lines(0)).toHaveLength(2), 5000);
});

test('each: an event is in the file when append returns', () => {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse, flush: 'each' });

  log.append('log', message('one'));

  expect(eventsOf(warehouse)).toMatchObject([{ message: 'one' }]);
});

test('fsync: the name is made durable first, then every write', async () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile, durability: 'fsync' });
  log.append('log', message('one'));
  await log.flush();
  await log.flush();

  expect(disk.calls).toEqual(['create synced', 'write', 'sync', 'write', 'sync']);
});

test('os: nothing is synced', async () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile, durability: 'os' });
  log.append('log', message('one'));
  await log.flush();

  expect(disk.calls).toEqual(['create', 'write', 'write']);
});

test('a sync that fails is a failure, and is made up for', async () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile, durability: 'fsync', strict: true });
  log.append('log', message('one'));
  disk.syncFault = new Error('EIO: i/o error, fsync');
  await expect(log.flush()).rejects.toMatchObject({ code: 'warehouse_not_writable' });

  disk.syncFault = undefined;
  await log.flush();

  expect(disk.calls.slice(-3)).toEqual(['write', 'sync', 'sync']);
});

test('fsync works on a real disk', () => {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse, durability: 'fsync' });

  log.append('log', message('one'));
  log.close();

  expect(eventsOf(warehouse)).toMatchObject([{ message: 'one' }]);
});
