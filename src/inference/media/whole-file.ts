import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf, SiltstoneError } from '../../errors.ts';

/** A file that appears under its name only once it is whole. */
export interface WholeFile {
  /** Where it is written: hidden, beside its place. It exists and is empty. */
  readonly partPath: string;
  /**
   * Makes it durable and puts it in its place, over what was there.
   * @throws SiltstoneError `file_not_writable`
   */
  publish(): Promise<void>;
  /** Removes what was not published. Idempotent. */
  close(): Promise<void>;
}

/** The same for the same job, so that whoever outlives the job's process can remove it. */
const partPathOf = (path: string, jobId: string): string => join(dirname(path), `.${basename(path)}.${jobId}.part`);

/** Removes what a job that is gone had begun of these files. */
export async function removeBegun(jobId: string, paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => rm(partPathOf(path, jobId), { force: true })));
}

/**
 * Begins a file at once, so that a job fails before its first frame where it cannot be written.
 * @throws SiltstoneError `file_not_writable`
 */
export async function openWholeFile(path: string, jobId: string): Promise<WholeFile> {
  const partPath = partPathOf(path, jobId);
  await orNotWritable(path, async () => {
    if (await isFolder(path)) throw new Error('it is a folder');
    await (await open(partPath, 'w')).close();
  });
  return {
    partPath,
    publish: () =>
      orNotWritable(path, async () => {
        await sync(partPath);
        await rename(partPath, path);
        await sync(dirname(path));
      }),
    close: () => rm(partPath, { force: true }),
  };
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

async function sync(path: string): Promise<void> {
  // Windows opens no folder, and syncs nothing that was opened for reading.
  if (process.platform === 'win32') return;
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function orNotWritable(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new SiltstoneError('file_not_writable', `write ${path}: ${messageOf(error)}`, { cause: error });
  }
}
