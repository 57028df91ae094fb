import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noSmallDisk, smallDisk } from '../make/small-disk.ts';
import { eventsOf, makeLog } from './warehouse.ts';

test('a real disk that fills up in the middle of a batch gets every event once there is room', async ({ skip }) => {
  const warehouse = smallDisk('64k');
  if (warehouse === undefined) return skip(noSmallDisk);
  writeFileSync(join(warehouse, 'filler'), 'x'.repeat(20_000));
  const log = makeLog({ warehouse });
  const messages = Array.from({ length: 500 }, (_, index) => `message ${index}`);
  messages.forEach((message) => {
    log.append('log', { level: 'info', message });
  });
  await log.flush();
  const { written, appended } = log.counts();
  expect(appended).toBe(501);
  expect(written).toBeGreaterThan(100);
  expect(written).toBeLessThan(501);

  rmSync(join(warehouse, 'filler'));
  await log.flush();

  expect(eventsOf(warehouse).map((event) => event.message)).toEqual(messages);
  expect(eventsOf(warehouse).map((event) => event.seq)).toEqual(messages.map((_, index) => index + 1));
});
