import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDisk } from './disk.ts';
import { makeLog } from './warehouse.ts';

const message = (index: number) => ({ level: 'info', message: `message ${index}` }) as const;

test('a disk that takes a few bytes at a time gets every line once', () => {
  const disk = makeDisk();
  disk.writeBytesMax = 7;
  const log = makeLog({ createFile: disk.createFile });

  log.append('log', message(1));
  log.append('log', message(2));
  log.close();

  expect(disk.lines(0)).toMatchObject([{ seq: 0 }, { seq: 1, message: 'message 1' }, { seq: 2, message: 'message 2' }]);
});

test('a line that a full disk tore goes on exactly where it was torn', async () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile });
  disk.roomBytes = 30;
  log.append('log', message(1));
  await log.flush();

  expect(disk.text(0)).toMatch(/\n\{"event":"log","job_id":"j1",".?$/);
  expect(log.counts()).toMatchObject({ appended: 2, written: 1 });

  disk.roomBytes = Number.POSITIVE_INFINITY;
  log.append('log', message(2));
  await log.flush();

  expect(disk.lines(0)).toMatchObject([{ seq: 0 }, { message: 'message 1' }, { message: 'message 2' }]);
  expect(log.counts()).toMatchObject({ appended: 3, written: 3 });
});

test('wherever a disk fills up, and however often, no line is lost, torn or doubled', () => {
  const attempts = fc.array(fc.record({ roomBytes: fc.nat(400), count: fc.nat(5) }), { maxLength: 12 });
  fc.assert(
    fc.property(attempts, (steps) => {
      const disk = makeDisk();
      const log = makeLog({ createFile: disk.createFile, flush: 'each' });
      steps.forEach(({ roomBytes, count }) => {
        disk.roomBytes = roomBytes;
        Array.from({ length: count }, (_, index) => log.append('log', message(index)));
      });
      disk.roomBytes = Number.POSITIVE_INFINITY;
      log.close();

      const appended = steps.flatMap(({ count }) =>
        Array.from({ length: count }, (_, index) => message(index).message),
      );
      expect(disk.lines(0).flatMap((line) => line.message ?? [])).toEqual(appended);
      expect(disk.lines(0).map((line) => line.seq)).toEqual([...Array(appended.length + 1).keys()]);
    }),
    { numRuns: 300 },
  );
});

test('a disk that takes nothing and says nothing is a failure, not an endless try', async () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile });
  disk.writeBytesMax = 0;

  log.append('log', message(1));
  await log.flush();

  expect(log.counts()).toMatchObject({ appended: 2, written: 1 });
});
