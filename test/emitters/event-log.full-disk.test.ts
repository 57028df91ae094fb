import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventsOf, makeLog, tempWarehouse } from './warehouse.ts';

/** A disk of 64 KiB, or undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const folder = join(tempWarehouse(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    // Only root may, and not in every container: the memory disk of the other tests stands in.
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('/bin/umount', ['--lazy', folder]);
  });
  return folder;
}

test('a real disk that fills up in the middle of a batch gets every event once there is room', async ({ skip }) => {
  const warehouse = smallDisk();
  if (warehouse === undefined) return skip('mounting a tmpfs needs root');
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
