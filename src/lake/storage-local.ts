import { randomUUID } from 'node:crypto';
import {
  type FileHandle,
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  statfs,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';
import type { FileInfo, Scratch, Space, Storage } from './storage.ts';
import { moveDurably, removeUnlessGrown } from './storage-remove.ts';

/** Folders that begin with `_` are passed over by every Delta reader and vacuum. */
const scratchFolder = 'events/_scratch';

/** Events are nobody's business but their owner's and, as far as the umask lets it, the group's: never everybody's. */
export const fileMode = 0o660;
const folderMode = 0o770;

/** The warehouse on a local disk. */
export function openLocalStorage(warehouse: string): Storage {
  const root = resolve(warehouse);
  const locate = (path: string): string => join(root, path);
  return {
    locate,
    list: (folder) => listFiles(root, folder),
    listTree: (folder) => listTree(root, folder),
    stat: (path) => fileInfo(root, path),
    read: (path) => missingAsUndefined(readFile(locate(path))),
    create: (path, content) => translated(`write ${path}`, () => createDurably(root, locate(path), content)),
    replace: (path, content) => translated(`write ${path}`, () => replaceDurably(locate(path), content)),
    lend: () => translated(`write into ${scratchFolder}`, () => lendScratch(locate(scratchFolder))),
    space: () => spaceOf(root),
    publish: (moves) => translated('publish data files', () => publishDurably(root, moves, locate)),
    move: (from, to) => translated(`move ${from}`, () => moveDurably(locate(from), locate(to))),
    remove: (path) => translated(`remove ${path}`, () => rm(locate(path), { force: true })),
    removeUnlessGrown: (path, bytes) => translated(`remove ${path}`, () => removeUnlessGrown(locate(path), bytes)),
    removeEmptyFolder: (folder) => removeEmptyFolder(locate(folder)),
  };
}

async function listFiles(root: string, folder: string): Promise<readonly FileInfo[]> {
  const entries = await missingAsUndefined(readdir(join(root, folder), { withFileTypes: true }));
  const files = (entries ?? []).filter((entry) => entry.isFile());
  const infos = await Promise.all(files.map((file) => fileInfo(root, `${folder}/${file.name}`)));
  return infos.filter((info) => info !== undefined);
}

async function listTree(root: string, folder: string): Promise<readonly FileInfo[]> {
  const entries = (await missingAsUndefined(readdir(join(root, folder), { withFileTypes: true }))) ?? [];
  const files = await listFiles(root, folder);
  const below: (readonly FileInfo[])[] = [files];
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    below.push(await listTree(root, `${folder}/${name}`));
  }
  return below.flat();
}

async function fileInfo(root: string, path: string): Promise<FileInfo | undefined> {
  const found = await missingAsUndefined(stat(join(root, path)));
  return found && { path, bytes: found.size, modifiedAt: found.mtimeMs };
}

async function spaceOf(root: string): Promise<Space> {
  try {
    const { bavail, blocks, bsize } = await statfs(root);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    // A folder that is not there yet, or a system that does not tell: a write will.
    return { freeBytes: Number.POSITIVE_INFINITY, totalBytes: Number.POSITIVE_INFINITY };
  }
}

/** `link` fails where the name is taken, so of two writers one loses; `rename` would let the second overwrite the first. */
async function createDurably(
  root: string,
  target: string,
  content: string | Uint8Array,
): Promise<'created' | 'exists'> {
  const temporary = await writeBeside(target, content);
  try {
    // Another process may not have synced the entry that this one builds on: alone, this one would be a log with a hole.
    await syncFolder(dirname(target));
    await link(temporary, target);
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return 'exists';
    throw error;
  } finally {
    await unlink(temporary);
  }
  await syncUpTo(root, [dirname(target)]);
  return 'created';
}

async function replaceDurably(target: string, content: string | Uint8Array): Promise<void> {
  const temporary = await writeBeside(target, content);
  await rename(temporary, target);
  await syncFolder(dirname(target));
}

/** A synced file in the target’s folder, under a name that no reader looks for. */
async function writeBeside(target: string, content: string | Uint8Array): Promise<string> {
  await makeFolder(dirname(target));
  const temporary = join(dirname(target), `.tmp-${randomUUID()}`);
  try {
    await withFile(temporary, 'wx', async (file) => {
      await file.writeFile(content);
      await file.sync();
    });
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return temporary;
}

/** Scratch outside the warehouse, for readers: they need no write permission to it. */
export async function lendTemporary(): Promise<Scratch> {
  return scratchIn(await mkdtemp(join(tmpdir(), 'siltstone-')));
}

async function lendScratch(folder: string): Promise<Scratch> {
  const dir = join(folder, randomUUID());
  await makeFolder(dir);
  return scratchIn(dir);
}

function scratchIn(dir: string): Scratch {
  return {
    dir,
    write: async (name, content) => {
      await translated(`write ${name}`, () => writeFile(join(dir, name), content, { mode: fileMode }));
      return join(dir, name);
    },
    close: () => rm(dir, { recursive: true, force: true }),
  };
}

async function publishDurably(
  root: string,
  moves: readonly { readonly from: string; readonly to: string }[],
  locate: (path: string) => string,
): Promise<void> {
  const folders = new Set(moves.map((move) => dirname(locate(move.to))));
  for (const folder of folders) await makeFolder(folder);
  for (const move of moves) {
    await withFile(move.from, 'r', (file) => file.sync());
    await rename(move.from, locate(move.to));
  }
  await syncUpTo(root, folders);
}

async function removeEmptyFolder(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    // Something was put there in the meantime, or it is gone: both are as it should be.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(systemCodeOf(error) ?? '')) throw error;
  }
}

/** A new folder is durable only once the folder that holds it is synced, up to the first that was there. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: folderMode });
  if (first === undefined) return;
  for (let at = folder; at.length >= first.length; at = dirname(at)) await syncFolder(dirname(at));
}

/**
 * Syncs folders and those that they stand in, up to the warehouse: another process may have made one of them and not have
 * synced it yet, or have died before it did.
 */
async function syncUpTo(root: string, folders: Iterable<string>): Promise<void> {
  const all = new Set([root]);
  for (const folder of folders) {
    for (let at = folder; at.length > root.length; at = dirname(at)) all.add(at);
  }
  for (const folder of all) await syncFolder(folder);
}

export async function syncFolder(folder: string): Promise<void> {
  await withFile(folder, 'r', (file) => file.sync());
}

async function withFile<T>(path: string, flags: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, flags, fileMode);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function missingAsUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) return undefined;
    throw new SiltstoneError('file_not_readable', messageOf(error), { cause: error });
  }
}

/** A failed write, in our codes. */
export async function translated<T>(doing: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new SiltstoneError('disk_full', `cannot ${doing}: ${messageOf(error)}`, { cause: error });
    if (code !== undefined)
      throw new SiltstoneError('warehouse_not_writable', `cannot ${doing}: ${messageOf(error)}`, { cause: error });
    throw error;
  }
}
