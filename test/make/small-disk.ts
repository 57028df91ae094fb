import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { tempFolder } from './warehouse.ts';

export const noSmallDisk = 'mounting a tmpfs needs root, and not every container lets it';

/** A disk in memory of that size (`64k`, `8m`), gone after the test; undefined where this user may not mount one. */
export function smallDisk(size: string): string | undefined {
  const folder = join(tempFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    // The test that is skipped says why.
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('/bin/umount', ['--lazy', folder]);
  });
  return folder;
}
