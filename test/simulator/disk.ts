import { basename, dirname } from 'node:path';
import type { Random } from './random.ts';

/**
 * A disk as POSIX promises it and no better. Each file and folder has two states: what processes see, and what a power
 * cut leaves for sure. A file's bytes get from one to the other by the sync of the file, an entry (create, link,
 * rename, unlink, mkdir, rmdir) by the sync of the folder that it stands in, the folder's own entry not included.
 */
export interface Disk {
  readonly root: Folder;
  /** What was done to folders and is not durable, in order. */
  changes: readonly Change[];
  renameCount: number;
}

export interface File {
  readonly kind: 'file';
  /** Never changed in place: whoever holds it sees what was. */
  bytes: Buffer;
  synced: Buffer;
  modifiedAt: number;
  /** Names it has: none once it is deleted. */
  nameCount: number;
}

export interface Folder {
  readonly kind: 'folder';
  readonly entries: Map<string, Entry>;
  readonly synced: Map<string, Entry>;
  modifiedAt: number;
}

export type Entry = File | Folder;

interface Change {
  readonly folder: Folder;
  readonly name: string;
  /** Undefined: the name is gone. */
  readonly entry: Entry | undefined;
  /** A rename's two changes stand or fall together, as a journal keeps them. */
  readonly rename?: number;
}

/** An error as Node gives it. */
export function systemError(code: string, call: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${call} '${path}'`), { code });
}

export function emptyDisk(): Disk {
  return { root: newFolder(0), changes: [], renameCount: 0 };
}

const newFolder = (now: number): Folder => ({ kind: 'folder', entries: new Map(), synced: new Map(), modifiedAt: now });

export function find(disk: Disk, path: string): Entry | undefined {
  let at: Entry | undefined = disk.root;
  for (const name of path.split('/')) {
    if (name === '') continue;
    if (at?.kind !== 'folder') return undefined;
    at = at.entries.get(name);
  }
  return at;
}

export function entryAt(disk: Disk, path: string, call: string): Entry {
  const entry = find(disk, path);
  if (entry === undefined) throw systemError('ENOENT', call, path);
  return entry;
}

export function fileAt(disk: Disk, path: string, call: string): File {
  const entry = entryAt(disk, path, call);
  if (entry.kind !== 'file') throw systemError('EISDIR', call, path);
  return entry;
}

export function folderAt(disk: Disk, path: string, call: string): Folder {
  const entry = entryAt(disk, path, call);
  if (entry.kind !== 'folder') throw systemError('ENOTDIR', call, path);
  return entry;
}

/** @throws EEXIST where the name is taken. */
export function createFile(disk: Disk, path: string, now: number): File {
  const file: File = { kind: 'file', bytes: Buffer.alloc(0), synced: Buffer.alloc(0), modifiedAt: now, nameCount: 1 };
  addEntry(disk, path, file, 'open', now);
  return file;
}

/** Makes a folder, and with `recursive` those that it stands in. Gives the first that was made. */
export function makeFolder(disk: Disk, path: string, recursive: boolean, now: number): string | undefined {
  const found = find(disk, path);
  if (recursive && found?.kind === 'folder') return undefined;
  const parent = dirname(path);
  const first = recursive ? makeFolder(disk, parent, true, now) : undefined;
  addEntry(disk, path, newFolder(now), 'mkdir', now);
  return first ?? path;
}

function addEntry(disk: Disk, path: string, entry: Entry, call: string, now: number): void {
  const folder = folderAt(disk, dirname(path), call);
  if (folder.entries.has(basename(path))) throw systemError('EEXIST', call, path);
  change(disk, [{ folder, name: basename(path), entry }], now);
}

function change(disk: Disk, changes: readonly Change[], now: number): void {
  for (const { folder, name, entry } of changes) {
    const before = folder.entries.get(name);
    if (before?.kind === 'file') before.nameCount -= 1;
    if (entry === undefined) folder.entries.delete(name);
    else folder.entries.set(name, entry);
    folder.modifiedAt = now;
  }
  disk.changes = [...disk.changes, ...changes];
}

export function write(file: File, bytes: Uint8Array, now: number): void {
  file.bytes = Buffer.concat([file.bytes, bytes]);
  file.modifiedAt = now;
}

export function link(disk: Disk, from: string, to: string, now: number): void {
  const file = fileAt(disk, from, 'link');
  addEntry(disk, to, file, 'link', now);
  file.nameCount += 1;
}

export function rename(disk: Disk, from: string, to: string, now: number): void {
  const entry = entryAt(disk, from, 'rename');
  const target = folderAt(disk, dirname(to), 'rename');
  disk.renameCount += 1;
  const both = { rename: disk.renameCount };
  const gone = { folder: folderAt(disk, dirname(from), 'rename'), name: basename(from), entry: undefined, ...both };
  change(disk, [gone, { folder: target, name: basename(to), entry, ...both }], now);
  if (entry.kind === 'file') entry.nameCount += 1;
}

export function unlink(disk: Disk, path: string, now: number): void {
  fileAt(disk, path, 'unlink');
  change(disk, [{ folder: folderAt(disk, dirname(path), 'unlink'), name: basename(path), entry: undefined }], now);
}

export function removeFolder(disk: Disk, path: string, recursive: boolean, now: number): void {
  const folder = folderAt(disk, path, 'rmdir');
  if (folder.entries.size > 0 && !recursive) throw systemError('ENOTEMPTY', 'rmdir', path);
  for (const [name, entry] of folder.entries) {
    if (entry.kind === 'folder') removeFolder(disk, `${path}/${name}`, true, now);
    else unlink(disk, `${path}/${name}`, now);
  }
  change(disk, [{ folder: folderAt(disk, dirname(path), 'rmdir'), name: basename(path), entry: undefined }], now);
}

export function sync(disk: Disk, entry: Entry): void {
  if (entry.kind === 'file') {
    entry.synced = entry.bytes;
    return;
  }
  const renames = new Set(disk.changes.filter(({ folder }) => folder === entry).map(({ rename }) => rename));
  renames.delete(undefined);
  const isDurable = ({ folder, rename }: Change): boolean => folder === entry || renames.has(rename);
  for (const one of disk.changes.filter(isDurable)) keep(one);
  disk.changes = disk.changes.filter((one) => !isDurable(one));
}

function keep({ folder, name, entry }: Change): void {
  if (entry === undefined) folder.synced.delete(name);
  else folder.synced.set(name, entry);
}

/** Leaves what is durable, and of the rest what chance decides: changes in any order, files torn anywhere. */
export function cutPower(disk: Disk, random: Random): void {
  const kept = random.pick([0, 1, 0.5, 0.5, 0.9]);
  const renames = new Map<number, boolean>();
  for (const one of disk.changes) {
    const isKept = (one.rename === undefined ? undefined : renames.get(one.rename)) ?? random.chance(kept);
    if (one.rename !== undefined) renames.set(one.rename, isKept);
    if (isKept) keep(one);
  }
  disk.changes = [];
  const seen = new Set<File>();
  restart(disk.root, seen, random);
}

function restart(folder: Folder, seen: Set<File>, random: Random): void {
  folder.entries.clear();
  for (const [name, entry] of folder.synced) {
    folder.entries.set(name, entry);
    if (entry.kind === 'folder') {
      restart(entry, seen, random);
      continue;
    }
    entry.nameCount = seen.has(entry) ? entry.nameCount + 1 : 1;
    if (!seen.has(entry)) entry.bytes = torn(entry, random);
    entry.synced = entry.bytes;
    seen.add(entry);
  }
}

/** What is left of a file: its synced bytes, and a part of what was written since, which may read as zeros. */
function torn({ bytes, synced }: File, random: Random): Buffer {
  if (bytes === synced) return synced;
  const isLonger = bytes.subarray(0, synced.length).equals(synced);
  const since = isLonger ? bytes.subarray(synced.length) : bytes;
  const base = isLonger ? synced : Buffer.alloc(0);
  const length = random.pick([0, since.length, random.below(since.length + 1)]);
  const part = since.subarray(0, length);
  const zeros = random.chance(0.2) ? since.length - length : 0;
  return Buffer.concat([base, part, Buffer.alloc(zeros)]);
}
