import type { Engine } from '../engine.ts';
import { SiltstoneError, systemCodeOf } from '../errors.ts';
import { current, lastLineEnd, listStreams, type StreamFile, takenSuffix, withOpen } from '../inbox/index.ts';
import { copyBeginning, loadSnapshot, type Snapshot, type Storage, syncFolders, watermarksOf } from '../lake/index.ts';

export interface InboxCopy {
  readonly snapshot: Snapshot;
  /** Paths in the warehouse. */
  readonly paths: readonly string[];
  readonly bytes: number;
}

/** Copies begun again because a stream was taken and removed meanwhile. */
const attemptsMax = 5;

/**
 * Copies every whole line of the inbox, and gives the snapshot that goes with it. The snapshot is older than the listing,
 * so no watermark is ahead of its stream; and where a stream was taken and removed between the two, it begins again.
 */
export async function copyInbox(
  source: Storage,
  destination: Storage,
  engine: Engine,
  inbox: string,
  signal: AbortSignal | undefined,
): Promise<InboxCopy> {
  let snapshot = await loadSnapshot(source, engine);
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const copies = await copyStreams(source, destination, await listAll(source, inbox), signal);
    const later = await loadSnapshot(source, engine, snapshot);
    const unseen = takenWithoutCopy(snapshot, later, copies);
    // What is there now and was not listed before is younger than this copy.
    const isYounger = unseen.length === 0 || isSubset(unseen, await namesOf(source, inbox, snapshot));
    if (isYounger) {
      await syncFolders(copies.map(({ path }) => destination.locate(path)));
      const bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
      return { snapshot, paths: copies.map(({ path }) => path), bytes };
    }
    snapshot = later;
  }
  throw new SiltstoneError('conflict', `streams were taken and removed during each of ${attemptsMax} copies`);
}

/** Those set aside are listed before and after the others, so that none is missed which is renamed on the way. */
async function listAll(source: Storage, inbox: string): Promise<readonly StreamFile[]> {
  const lists = [takenSuffix, '', takenSuffix] as const;
  const byPath = new Map<string, StreamFile>();
  for (const suffix of lists) {
    for (const stream of await listStreams(source, inbox, suffix)) byPath.set(stream.path, stream);
  }
  return [...byPath.values()];
}

async function namesOf(source: Storage, inbox: string, snapshot: Snapshot): Promise<ReadonlySet<string>> {
  const watermarks = watermarksOf(snapshot);
  return new Set((await listStreams(source, inbox)).map((stream) => current(stream, watermarks).stream));
}

const isSubset = (names: readonly string[], all: ReadonlySet<string>): boolean => names.every((name) => all.has(name));

/** The streams whose files were still there, each with what was copied of it. */
async function copyStreams(
  source: Storage,
  destination: Storage,
  streams: readonly StreamFile[],
  signal: AbortSignal | undefined,
): Promise<readonly StreamFile[]> {
  const copies: StreamFile[] = [];
  for (const stream of streams) {
    signal?.throwIfAborted();
    const bytes = await copyLines(source, destination, stream);
    if (bytes !== undefined) copies.push({ ...stream, bytes });
  }
  return copies;
}

/** A last line without its end is still being written: whoever writes it does not write into the backup. */
async function copyLines(
  source: Storage,
  destination: Storage,
  { file, path, bytes }: StreamFile,
): Promise<number | undefined> {
  try {
    const end = await withOpen(file, (handle) => lastLineEnd(handle, { from: 0, to: bytes }));
    await copyBeginning(source.locate(path), destination.locate(path), end);
    return end;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

const isGone = (error: unknown): boolean =>
  systemCodeOf(error) === 'ENOENT' || (error instanceof SiltstoneError && systemCodeOf(error.cause) === 'ENOENT');

/** Streams that no copy is of, and of which lines were taken since the first snapshot. */
function takenWithoutCopy(before: Snapshot, later: Snapshot, copies: readonly StreamFile[]): readonly string[] {
  const [then, now] = [watermarksOf(before), watermarksOf(later)];
  const copied = new Set(copies.map((copy) => current(copy, then).stream));
  const isUnseen = ([stream, { bytes }]: [string, { readonly bytes: number }]): boolean =>
    bytes > (then.get(stream)?.bytes ?? 0) && !copied.has(stream);
  return [...now].filter(isUnseen).map(([stream]) => stream);
}
