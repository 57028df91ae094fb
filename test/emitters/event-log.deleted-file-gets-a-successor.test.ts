import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDisk } from './disk.ts';
import { linesOf, makeLog, streamsOf, tempWarehouse } from './warehouse.ts';

const message = (text: string) => ({ level: 'info', message: text }) as const;

test('a new stream takes over when the folder was deleted, numbered from 0', async () => {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse });
  log.append('log', message('before'));
  await log.flush();
  rmSync(join(warehouse, 'inbox'), { recursive: true });

  log.append('log', message('after'));
  log.append('log', message('after that'));
  await log.flush();
  log.append('log', message('at last'));
  log.close();

  const [path = '', ...others] = streamsOf(warehouse);
  expect(others).toEqual([]);
  expect(linesOf(path)).toMatchObject([
    { event: 'stream.opened', seq: 0 },
    { message: 'after', seq: 1 },
    { message: 'after that', seq: 2 },
    { message: 'at last', seq: 3 },
  ]);
});

test('what was deleted in the moment of the write is written again', () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile });
  log.append('log', message('one'));
  disk.delete(0);
  log.close();

  expect(disk.lines(1)).toMatchObject([{ event: 'stream.opened' }, { message: 'one', seq: 1 }]);
  expect(disk.calls.filter((call) => call === 'close')).toHaveLength(2);
});

test('of a torn line in a deleted file, the whole line is written again, and no line before it', async () => {
  const disk = makeDisk();
  const log = makeLog({ createFile: disk.createFile });
  log.append('log', message('one'));
  log.append('log', message('two'));
  disk.roomBytes = 150;
  await log.flush();
  expect(disk.text(0)).toMatch(/"message":"one"\}\n\{"event":"log"[^\n]+$/);

  disk.delete(0);
  disk.roomBytes = Number.POSITIVE_INFINITY;
  log.close();

  expect(disk.lines(1)).toMatchObject([{ seq: 0 }, { message: 'two', seq: 1 }]);
});

test('a file that is deleted as soon as it is made is given up until the next flush', async () => {
  const disk = makeDisk();
  const hostile = (...args: Parameters<typeof disk.createFile>) => ({
    ...disk.createFile(...args),
    isDeleted: () => true,
  });
  const log = makeLog({ createFile: hostile });

  await log.flush();

  expect(log.counts()).toMatchObject({ written: 0, dropped: 0 });
});
