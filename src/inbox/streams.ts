import { createHash, randomUUID } from 'node:crypto';
import { closeSync, type Dirent, openSync, readSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';
import { jobIdPattern } from '../events/index.ts';
import { type Storage, untaken, type Watermark } from '../lake/index.ts';

export const inboxFolder = 'inbox';
/** Behind the name of a stream that was wholly taken and waits to be removed. */
export const takenSuffix = '.taken';
const inboxIdPath = `${inboxFolder}/.id`;

/** A stream's file as it lies in the inbox. */
export interface StreamFile {
  /** The stream's name before any replacement of its file: see `streamName`. */
  readonly base: string;
  /** Relative to the warehouse. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  /** The folder's name where it is a job id. */
  readonly jobId?: string;
  readonly bytes: number;
  readonly modifiedAt: number;
}

/** Lines of a stream that the lake does not hold yet. */
export interface Pending extends StreamFile {
  readonly stream: string;
  readonly from: Watermark;
}

/** The inbox's own id, made once: it keeps the same path on two hosts from being the same stream. */
export async function inboxId(storage: Storage): Promise<string> {
  const known = await storage.read(inboxIdPath);
  if (known !== undefined) return known.toString('utf8').trim();
  await storage.create(inboxIdPath, `${randomUUID()}\n`);
  return inboxId(storage);
}

/** The same for who only reads: where the id is missing and cannot be made, a stand-in that no commit may hold. */
export async function inboxIdForReading(storage: Storage): Promise<string> {
  try {
    return await inboxId(storage);
  } catch (error) {
    if (error instanceof SiltstoneError && ['disk_full', 'warehouse_not_writable'].includes(error.code))
      return 'unnamed';
    throw error;
  }
}

/**
 * Every stream of the inbox of that id, by path. Links are passed over: what they point to is not ours to read. With
 * `takenSuffix`, the streams that were set aside as wholly taken; with `all`, both, in one look, as a sweep may rename them.
 */
export async function listStreams(
  storage: Storage,
  id: string,
  which: '' | typeof takenSuffix | 'all' = '',
): Promise<readonly StreamFile[]> {
  const folders = (await entries(storage.locate(inboxFolder))).filter((entry) => entry.isDirectory());
  const streams: StreamFile[] = [];
  for (const folder of folders) {
    const path = `${inboxFolder}/${folder.name}`;
    const files = (await entries(storage.locate(path))).filter((f) => f.isFile() && isWanted(f.name, which));
    for (const { name } of files) {
      const place = { folder: storage.locate(path), folderName: `${id}/${folder.name}` };
      const found = streamFile(place, name) ?? (which === 'all' ? streamFile(place, renamed(name)) : undefined);
      if (found === undefined) continue;
      const job = jobIdPattern.test(folder.name) ? { jobId: folder.name } : {};
      streams.push({ ...found, path: `${path}/${basename(found.file)}`, ...job });
    }
  }
  return withoutCopies(streams).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isWanted(name: string, which: '' | typeof takenSuffix | 'all'): boolean {
  const endings = which === 'all' ? ['', takenSuffix] : [which];
  return endings.some((ending) => name.endsWith(`.ndjson${ending}`));
}

/** What a sweep calls a file when it sets it aside, or brings it back. */
const renamed = (name: string): string =>
  name.endsWith(takenSuffix) ? name.slice(0, -takenSuffix.length) : `${name}${takenSuffix}`;

/** Two files of one name are one stream and a copy of it: the longer one holds the other. */
function withoutCopies(streams: readonly StreamFile[]): StreamFile[] {
  const byBase = new Map<string, StreamFile>();
  for (const stream of streams) {
    const known = byBase.get(stream.base);
    const isLonger = known === undefined || stream.bytes > known.bytes;
    if (isLonger || (stream.bytes === known.bytes && stream.path < known.path)) byBase.set(stream.base, stream);
  }
  return [...byBase.values()];
}

/**
 * What is pending of each stream: pure. A file that is shorter than what was taken of it was replaced: it is a new
 * stream, `base~1`, then `base~2`, …. A stream of ours is never: its name is nobody else's, and what is missing of it a
 * power cut took, after the lake had it.
 */
export function pendingOf(
  files: readonly StreamFile[],
  watermarks: ReadonlyMap<string, Watermark>,
): readonly Pending[] {
  return files.flatMap((file) => {
    const { stream, from } = current(file, watermarks);
    return file.bytes > from.bytes ? [{ ...file, stream, from }] : [];
  });
}

/**
 * What the inbox still holds of what the lake took, as if it were pending: from its first line up to its watermark. A file
 * that is shorter than what was taken of it is another stream by now, and none of these.
 */
export async function takenStreams(
  storage: Storage,
  watermarks: ReadonlyMap<string, Watermark>,
): Promise<readonly Pending[]> {
  const id = await inboxIdForReading(storage);
  const files = [...(await listStreams(storage, id)), ...(await listStreams(storage, id, takenSuffix))];
  return files.flatMap((file) => {
    const { stream, from } = current(file, watermarks);
    return from.bytes === 0 || file.bytes < from.bytes ? [] : [{ ...file, stream, bytes: from.bytes, from: untaken }];
  });
}

/** The stream that a file is now, and how far it is taken. */
export function current(
  file: StreamFile,
  watermarks: ReadonlyMap<string, Watermark>,
): { readonly stream: string; readonly from: Watermark } {
  let generation = 0;
  while (watermarks.has(streamName(file.base, generation + 1))) generation += 1;
  const from = watermarks.get(streamName(file.base, generation)) ?? untaken;
  if (file.bytes >= from.bytes || isOwnStream(file.base)) return { stream: streamName(file.base, generation), from };
  return { stream: streamName(file.base, generation + 1), from: untaken };
}

/** The stream that a file is after the one of that name was replaced. */
export function successorOf(stream: string): string {
  const [, base = stream, generation = '0'] = /^(.*?)(?:~(\d+))?$/s.exec(stream) ?? [];
  return streamName(base, Number(generation) + 1);
}

/** A stream's name before any replacement of its file. */
export const baseOf = (stream: string): string => stream.replace(/~\d+$/, '');

const streamName = (base: string, generation: number): string => (generation === 0 ? base : `${base}~${generation}`);

const ownName = /^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\.ndjson$/;

/** Whether an emitter of ours named the stream: then one process made its file, and no other ever writes to it. */
export const isOwnStream = (stream: string): boolean => ownName.test(`${stream}.ndjson`);
const headBytesMax = 4096;

/** Synchronous: a listing looks at thousands of files, and each look takes less than a turn of the event loop. */
function streamFile(
  { folder, folderName }: { readonly folder: string; readonly folderName: string },
  name: string,
): Pick<StreamFile, 'base' | 'file' | 'bytes' | 'modifiedAt'> | undefined {
  const file = join(folder, name);
  try {
    const { size, mtimeMs } = statSync(file);
    const listed = name.endsWith(takenSuffix) ? name.slice(0, -takenSuffix.length) : name;
    const base = ownName.exec(listed)?.[1] ?? `${folderName}/${listed}#${headOf(file)}`;
    return { base, file, bytes: size, modifiedAt: mtimeMs };
  } catch (error) {
    // Removed between the listing and now: a fully taken stream whose grace is over.
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw new SiltstoneError('file_not_readable', messageOf(error), { cause: error });
  }
}

/** Tells a replaced file from the one before it: a hash of its first line, of at most 4 KiB. */
function headOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(headBytesMax);
    const head = buffer.subarray(0, readSync(descriptor, buffer, 0, headBytesMax, 0));
    const end = head.indexOf(10);
    return createHash('sha256')
      .update(end < 0 ? head : head.subarray(0, end))
      .digest('hex')
      .slice(0, 12);
  } finally {
    closeSync(descriptor);
  }
}

async function entries(folder: string): Promise<readonly Dirent[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter((entry) => !entry.name.startsWith('.'));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) return [];
    throw new SiltstoneError('file_not_readable', messageOf(error), { cause: error });
  }
}
