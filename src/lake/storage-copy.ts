import { randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SiltstoneError, systemCodeOf } from '../errors.ts';
import { fileMode, makeFolder, syncFolder, translated } from './storage-local.ts';

/**
 * Gives a file that never changes a second place: a hard link where both lie on one file system, a synced copy elsewhere.
 * A file of the same size that is there already is kept. Absolute paths; the folder is synced by `syncFolders`.
 */
export async function copyUnchanging(from: string, to: string): Promise<'linked' | 'copied' | 'kept'> {
  const found = await lstat(from);
  if (!found.isFile()) throw new SiltstoneError('lake_damaged', `${from} is a link or a folder, and no file`);
  const there = await lstat(to).catch(() => undefined);
  if (there?.isFile() && there.size === found.size) return 'kept';
  return translated(`write ${to}`, async () => {
    await makeFolder(dirname(to));
    if (there !== undefined) await rm(to);
    if (await linked(from, to)) return 'linked';
    await copied(from, to, found.size);
    return 'copied';
  });
}

/** Copies the first bytes of a file that may grow meanwhile, over an older copy if need be. */
export async function copyBeginning(from: string, to: string, bytes: number): Promise<void> {
  await translated(`write ${to}`, async () => {
    await makeFolder(dirname(to));
    await copied(from, to, bytes);
  });
}

/** A new name is durable once the folder that holds it is synced. */
export async function syncFolders(files: readonly string[]): Promise<void> {
  for (const folder of new Set(files.map((file) => dirname(file)))) await syncFolder(folder);
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    // Another file system, one without links, a file of another user, or one with too many links: then a copy does.
    if (['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(systemCodeOf(error) ?? '')) return false;
    throw error;
  }
}

async function copied(from: string, to: string, bytes: number): Promise<void> {
  const temporary = join(dirname(to), `.tmp-${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx', fileMode);
    try {
      await writeBeginning(file, from, bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, to);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeBeginning(file: FileHandle, from: string, bytes: number): Promise<void> {
  if (bytes === 0) return;
  // A link that was put in a file's place since it was listed is not followed.
  const source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW);
  const chunks = createReadStream('', { fd: source, end: bytes - 1, highWaterMark: 1024 * 1024 });
  for await (const chunk of chunks) await file.writeFile(chunk as Buffer);
}
