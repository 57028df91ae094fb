import { setImmediate } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { CreateSyncedFile, SyncedFile } from './synced-file.ts';

/** A line without its `\n`, once its number is known. */
export type LineAt = (seq: number) => string;

/**
 * One stream of a job whose lines are on the disk before their writer hears so. Those that come while others are being
 * written wait, and are written and synced together: a sync takes milliseconds, whatever it syncs.
 */
export interface SyncedStream {
  /**
   * Resolves when all lines are on the disk. @throws what the disk says, or `PartlyWritten` with that as its cause where some
   * of the lines are in the stream all the same: they may be read already, and cannot be taken back.
   */
  write(lines: readonly LineAt[]): Promise<void>;
  /** Whether nothing is being written. */
  isIdle(): boolean;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

export interface SyncedStreamOptions {
  readonly folder: string;
  readonly createFile: CreateSyncedFile;
  /** The line that opens a stream, numbered 0. */
  readonly openedLine: LineAt;
}

/** How many of a writer's lines came to be in the stream though the write failed. */
export class PartlyWritten extends Error {
  readonly lineCount: number;
  constructor(lineCount: number, cause: unknown) {
    super(`${messageOf(cause)}; its first ${lineCount} lines were`, { cause });
    this.lineCount = lineCount;
  }
}

interface Waiting {
  readonly lines: readonly LineAt[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** An open file, and where it ends: `bytes` and `nextSeq` count whole lines that are on the disk. */
interface Place {
  readonly file: SyncedFile;
  bytes: number;
  nextSeq: number;
}

export function syncedStream(options: SyncedStreamOptions): SyncedStream {
  let place: Place | undefined;
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      place = await writeGroup(group, place, options);
    }
    running = undefined;
  };
  return {
    write: (lines) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ lines, resolve, reject });
        running ??= run();
      }),
    isIdle: () => running === undefined,
    close: async () => {
      await running;
      await place?.file.close();
      place = undefined;
    },
  };
}

/** Settles each of the group, and never throws. Gives where the next group goes; undefined for a new file. */
async function writeGroup(
  group: readonly Waiting[],
  place: Place | undefined,
  options: SyncedStreamOptions,
): Promise<Place | undefined> {
  let current = place;
  try {
    for (;;) {
      current ??= await openPlace(options);
      const written = await append(
        current,
        group.flatMap(({ lines }) => lines),
      );
      if (written.error !== undefined) return settlePartly(group, current, written);
      if (!(await current.file.isDeleted())) break;
      // Nobody saw what went into the deleted file: it is written again, into a new one.
      await current.file.close();
      current = undefined;
    }
    for (const { resolve } of group) resolve();
    return current;
  } catch (error) {
    for (const { reject } of group) reject(error);
    await current?.file.close().catch(() => undefined);
    return undefined;
  }
}

async function openPlace({ folder, createFile, openedLine }: SyncedStreamOptions): Promise<Place> {
  const place: Place = { file: await createFile(folder), bytes: 0, nextSeq: 0 };
  const { error } = await append(place, [openedLine]);
  if (error === undefined) return place;
  await place.file.close();
  throw error;
}

interface Written {
  readonly lineCount: number;
  readonly error: unknown;
}

/** Appends lines and syncs. Of a write that failed only the whole lines stay: a reader may have seen them. */
async function append(place: Place, lines: readonly LineAt[]): Promise<Written> {
  const bytes = await bytesOf(lines, place.nextSeq);
  try {
    await place.file.write(bytes);
    await place.file.sync();
    place.bytes += bytes.length;
    place.nextSeq += lines.length;
    return { lineCount: lines.length, error: undefined };
  } catch (error) {
    return { lineCount: await keepWholeLines(place, bytes), error };
  }
}

/** Lines that are encoded in one go; then others have their turn. */
const linesAtOnce = 500;

async function bytesOf(lines: readonly LineAt[], fromSeq: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const texts = lines.slice(from, from + linesAtOnce).map((lineAt, i) => `${lineAt(fromSeq + from + i)}\n`);
    parts.push(Buffer.from(texts.join('')));
    if (from + linesAtOnce < lines.length) await setImmediate();
  }
  return Buffer.concat(parts);
}

async function keepWholeLines(place: Place, bytes: Buffer): Promise<number> {
  const came = Math.max(0, (await place.file.size()) - place.bytes);
  const whole = bytes.subarray(0, came === 0 ? 0 : bytes.lastIndexOf(10, came - 1) + 1);
  await place.file.truncate(place.bytes + whole.length);
  await place.file.sync();
  const lineCount = whole.reduce((count, byte) => count + Number(byte === 10), 0);
  place.bytes += whole.length;
  place.nextSeq += lineCount;
  return lineCount;
}

/** Whose lines are all there is told so; the others are told why not, and how many are. */
function settlePartly(group: readonly Waiting[], place: Place, { lineCount, error }: Written): Place {
  let left = lineCount;
  for (const { lines, resolve, reject } of group) {
    const there = Math.min(left, lines.length);
    left -= there;
    if (there === lines.length) resolve();
    else reject(there === 0 ? error : new PartlyWritten(there, error));
  }
  return place;
}
