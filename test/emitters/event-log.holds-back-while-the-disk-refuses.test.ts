import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { diskFull, makeDisk } from './disk.ts';
import { eventsOf, makeLog, tempWarehouse } from './warehouse.ts';

const message = (text: string) => ({ level: 'info', message: text }) as const;
const long = message('m'.repeat(1000));

/** A log whose disk is full from the start. */
function fullLog(options: Parameters<typeof makeLog>[0] = {}) {
  const disk = makeDisk();
  disk.fault = diskFull();
  const warn = vi.fn();
  return { disk, warn, log: makeLog({ createFile: disk.createFile, logger: { warn }, ...options }) };
}

test('a warehouse that cannot be made costs no event: all are written once it can', async () => {
  const warehouse = join(tempWarehouse(), 'warehouse');
  writeFileSync(warehouse, 'a file in the way');
  const log = makeLog({ warehouse });
  log.append('log', message('one'));
  await log.flush();
  log.append('log', message('two'));
  expect(log.counts()).toEqual({ appended: 2, written: 0, refused: 0, dropped: 0, bytes: 0 });

  rmSync(warehouse);
  log.close();

  expect(eventsOf(warehouse)).toMatchObject([
    { message: 'one', seq: 1 },
    { message: 'two', seq: 2 },
  ]);
});

test('the logger hears once of a disk that refuses, and again of the next time', async () => {
  const { disk, log, warn } = fullLog();
  await log.flush();
  await log.flush();
  expect(warn.mock.calls).toEqual([
    [{ job_id: 'j1', code: 'disk_full', err: disk.fault }, expect.stringContaining('ENOSPC: no space left on device')],
  ]);

  disk.fault = undefined;
  await log.flush();
  disk.fault = diskFull();
  log.append('log', message('one'));
  await log.flush();

  expect(warn).toHaveBeenCalledTimes(2);
});

test('what does not fit the queue is dropped, the oldest are kept, and the stream says how many it lacks', async () => {
  const { disk, log } = fullLog({ queueBytesMax: 3000 });
  const taken = [1, 2, 3, 4, 5].map(() => log.append('log', long));
  expect(taken).toEqual([true, true, false, false, false]);

  disk.fault = undefined;
  await log.flush();

  expect(disk.lines(0)).toMatchObject([
    { event: 'stream.opened', seq: 0 },
    { message: long.message, seq: 1 },
    { message: long.message, seq: 2 },
    {
      ...{ event: 'log', seq: 3, level: 'error', logger: 'siltstone.emitter', attrs: { events_lost: 3 } },
      message: expect.stringMatching(/^3 events were lost: the queue was full: .*ENOSPC/),
    },
  ]);
  expect(log.counts()).toMatchObject({ appended: 4, written: 4, dropped: 3 });
});

test('each loss is told once', async () => {
  const { disk, log } = fullLog({ queueBytesMax: 2000 });
  [1, 2, 3].map(() => log.append('log', long));
  disk.fault = undefined;
  await log.flush();
  log.appendUnknown('log', {});
  log.close();

  const [, ...lines] = disk.lines(0);
  expect(lines.flatMap((line) => line.attrs ?? [])).toEqual([{ events_lost: 2 }, { events_lost: 1 }]);
});

test('the timer tries again by itself', async () => {
  const { disk, log } = fullLog();
  log.append('log', message('one'));
  disk.fault = undefined;

  await vi.waitFor(() => expect(disk.lines(0)).toHaveLength(2), 5000);
});

test('what still waits at close is counted as dropped, and said', () => {
  const { log, warn } = fullLog();
  log.append('log', message('one'));
  log.close();

  expect(log.counts()).toMatchObject({ appended: 1, written: 0, dropped: 1 });
  expect(warn).toHaveBeenLastCalledWith(
    { job_id: 'j1', events_lost: 1 },
    expect.stringMatching(/^1 events of job j1 are lost at close: .*ENOSPC/),
  );
});

test('a logger that throws, or logs into the log itself, does no harm', () => {
  const disk = makeDisk();
  const warn = vi.fn(() => {
    log.append('log', message('from the logger'));
    throw new Error('the logger is out of order too');
  });
  const log = makeLog({ createFile: disk.createFile, flush: 'each', logger: { warn } });
  disk.fault = diskFull();
  log.append('log', message('one'));
  disk.fault = undefined;
  log.close();

  expect(warn).toHaveBeenCalledOnce();
  expect(disk.lines(0)).toMatchObject([{ seq: 0 }, { message: 'one' }, { message: 'from the logger' }]);
});

test('a strict log throws why it cannot write, at open already', () => {
  const warehouse = join(tempWarehouse(), 'warehouse');
  writeFileSync(warehouse, 'a file in the way');

  expect(() => makeLog({ warehouse, strict: true })).toThrow(
    expect.objectContaining({ code: 'warehouse_not_writable', message: expect.stringContaining(warehouse) }),
  );
});

test('a strict log throws at append and flush, keeps what it took, and writes it later', async () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile, flush: 'each', strict: true });
  disk.fault = diskFull();
  expect(() => log.append('log', message('one'))).toThrow(expect.objectContaining({ code: 'disk_full' }));
  await expect(log.flush()).rejects.toMatchObject({ code: 'disk_full', cause: disk.fault });

  disk.fault = undefined;
  await log.flush();

  expect(disk.lines(0)).toMatchObject([{ seq: 0 }, { message: 'one' }]);
});

test('a strict log throws when its queue is full', () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile, strict: true, queueBytesMax: 1500 });
  disk.fault = diskFull();
  const append = () => log.append('log', long);

  append();
  expect(append).toThrow(expect.objectContaining({ code: 'disk_full' }));
  expect(append).toThrow(expect.objectContaining({ code: 'disk_full' }));
  disk.fault = undefined;
  log.close();

  expect(log.counts()).toMatchObject({ appended: 3, written: 3, dropped: 1 });
});

test('a strict log throws at an event that is none, and does not write of it', () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile, strict: true });

  expect(() => log.appendUnknown('log', {})).toThrow(
    expect.objectContaining({ code: 'bad_event', message: expect.stringContaining('log: level cannot be undefined') }),
  );
  log.close();
  expect(disk.lines(0)).toHaveLength(1);
});
