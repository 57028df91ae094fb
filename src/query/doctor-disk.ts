import { access, constants, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './doctor.ts';

const freeBytesWarning = 1024 ** 3;
const freeBytesWrong = 64 * 1024 ** 2;

/** Whether the warehouse is there, may be used, lies on one file system, and has room to grow. */
export async function examineDisk(warehouse: string): Promise<readonly Finding[]> {
  const found = await stat(warehouse).catch(() => undefined);
  if (!found?.isDirectory()) {
    const remedy = 'Give the folder with --warehouse DIR, or write a first event with `siltstone emit`.';
    return [{ state: 'wrong', of: 'warehouse', found: `there is no folder ${warehouse}`, remedy }];
  }
  return [await permission(warehouse), await oneFileSystem(warehouse, found.dev), await room(warehouse)];
}

async function permission(warehouse: string): Promise<Finding> {
  const may = (mode: number): Promise<boolean> =>
    access(warehouse, mode).then(
      () => true,
      () => false,
    );
  const of = 'warehouse';
  if (!(await may(constants.R_OK | constants.X_OK))) {
    return {
      state: 'wrong',
      of,
      found: `${warehouse} may not be read`,
      remedy: 'Give this user the right to read it.',
    };
  }
  if (!(await may(constants.W_OK))) {
    const remedy = 'Queries work. To write and to compact, give this user the right to write to it.';
    return { state: 'warning', of, found: `${warehouse} may be read, not written`, remedy };
  }
  return { state: 'ok', of, found: `${warehouse} may be read and written` };
}

/** A file is published by a link or a rename, which no file system does into another. */
async function oneFileSystem(warehouse: string, device: number): Promise<Finding> {
  const of = 'file system';
  for (const folder of ['inbox', 'events', 'events/_delta_log', 'events/_scratch', 'rejected']) {
    const found = await stat(join(warehouse, folder)).catch(() => undefined);
    if (found === undefined || found.dev === device) continue;
    const remedy = 'Put the whole warehouse on one file system: nothing can be published from one to another.';
    return { state: 'wrong', of, found: `${folder} is on another file system than the warehouse`, remedy };
  }
  return { state: 'ok', of, found: 'one for the whole warehouse' };
}

async function room(warehouse: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(warehouse);
  const freeBytes = bavail * bsize;
  const found = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free`;
  if (freeBytes >= freeBytesWarning) return { state: 'ok', of: 'disk', found };
  const remedy = 'Free some space: a compaction needs room for what it writes beside what it reads.';
  return { state: freeBytes < freeBytesWrong ? 'wrong' : 'warning', of: 'disk', found, remedy };
}
