import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCodeOf } from '../errors.ts';
import { fileMode, syncFolder } from './storage-local.ts';

const chunkBytes = 1024 * 1024;

/** Renames a file within one folder; false where it is gone, or the name is taken. */
export async function moveDurably(from: string, to: string): Promise<boolean> {
  if ((await stat(to).catch(() => undefined)) !== undefined) return false;
  try {
    await rename(from, to);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
  await syncFolder(dirname(to));
  return true;
}

/**
 * Removes a file that is still so long; false where it is not. A writer that has it open may append at any moment, also
 * while this process sleeps before the removal: then the file is put back. A writer that itself finds its file removed by its
 * last append begins a new stream with it: only if both happen within that one append is it there twice.
 */
export async function removeUnlessGrown(target: string, bytes: number): Promise<boolean> {
  const file = await open(target, 'r').catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    if ((await file.stat()).size !== bytes) return false;
    await unlink(target);
    const { size } = await file.stat();
    if (size === bytes) return true;
    await putBack(file, target, size);
    return false;
  } catch (error) {
    // Somebody else removed it between the two.
    if (systemCodeOf(error) === 'ENOENT') return false;
    throw error;
  } finally {
    await file.close();
  }
}

async function putBack(file: FileHandle, target: string, size: number): Promise<void> {
  const temporary = join(dirname(target), `.tmp-${randomUUID()}`);
  const copy = await open(temporary, 'wx', fileMode);
  try {
    for (let at = 0; at < size; at += chunkBytes) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(chunkBytes), 0, Math.min(chunkBytes, size - at), at);
      await copy.writeFile(buffer.subarray(0, bytesRead));
    }
    await copy.sync();
    await link(temporary, target);
    await syncFolder(dirname(target));
  } finally {
    await copy.close();
    await rm(temporary, { force: true });
  }
}
