import { expect, test, vi } from 'vitest';
import { makeDisk } from './disk.ts';
import { eventsOf, makeLog, tempWarehouse } from './warehouse.ts';

const message = (text: string) => ({ level: 'info', message: text }) as const;
const events = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const listenerCounts = () => events.map((event) => process.listenerCount(event));

test('close writes what waits, and a second close does nothing', () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile });
  log.append('log', message('one'));

  log.close();
  log.close();

  expect(disk.lines(0)).toHaveLength(2);
  expect(disk.calls.filter((call) => call === 'close')).toHaveLength(1);
});

test('an event after close is counted and said once; a strict log throws', () => {
  const warehouse = tempWarehouse();
  const warn = vi.fn();
  const log = makeLog({ warehouse, logger: { warn } });
  const strict = makeLog({ strict: true });
  log.close();
  strict.close();

  expect([log.append('log', message('one')), log.append('log', message('two'))]).toEqual([false, false]);
  expect(log.counts()).toMatchObject({ refused: 2 });
  expect(warn).toHaveBeenCalledOnce();
  expect(eventsOf(warehouse)).toEqual([]);
  expect(() => strict.append('log', message('one'))).toThrow(expect.objectContaining({ code: 'closed' }));
});

test('a flush after close does not open the stream again', async () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile });
  log.close();

  await log.flush();

  expect(disk.calls).toEqual(['create', 'write', 'close']);
});

test('any number of logs share one listener an event, and the last close takes it away', () => {
  const before = listenerCounts();
  const logs = Array.from({ length: 30 }, () => makeLog());
  const during = listenerCounts();
  logs.map((log) => log.close());

  expect(during).toEqual(before.map((count) => count + 1));
  expect(listenerCounts()).toEqual(before);
});

test('a strict log that cannot be opened leaves no listener behind', () => {
  const before = listenerCounts();
  const disk = makeDisk();
  disk.fault = new Error('EIO');

  expect(() => makeLog({ createFile: disk.createFile, strict: true })).toThrow('EIO');
  expect(listenerCounts()).toEqual(before);
});

test('a close that the disk complains about is said', () => {
  const disk = makeDisk();
  const warn = vi.fn();
  const log = makeLog({ createFile: disk.createFile, logger: { warn } });
  disk.fault = new Error('EDQUOT: quota exceeded, close');

  log.close();

  expect(warn).toHaveBeenCalledWith(expect.anything(), expect.stringContaining('EDQUOT'));
});

test.each(['', '.hidden', '../j1', 'a/b', 'a'.repeat(129), 'é', undefined])('%s is no job id', (jobId) => {
  expect(() => makeLog({ jobId: jobId as string })).toThrow(expect.objectContaining({ code: 'bad_event' }));
});

test('a limit that is none is an error at open', () => {
  expect(() => makeLog({ bufferBytes: 0 })).toThrow(expect.objectContaining({ code: 'bad_setting' }));
});
