import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCodeOf } from '../errors.ts';
import { untaken } from '../lake/index.ts';
import { firstLineEnd, lastLineEnd, type Range, readRange, withOpen } from './lines.ts';
import { isOwnStream, type Pending, successorOf } from './streams.ts';

/** Whole lines of one stream, to be taken together. */
export interface Piece {
  readonly stream: string;
  readonly jobId?: string;
  /** Absolute. */
  readonly file: string;
  /** Number of the first line. */
  readonly fromLine: number;
  readonly range: Range;
  /** The range is all that the file held when it was listed. */
  readonly isWholeFile: boolean;
  readonly modifiedAt: number;
}

/** Files that one batch reads, at most. */
const piecesMax = 1000;
/** A batch cut into more parts than these would scatter each large stream over many commits. */
const largePartsMax = 16;

/**
 * The next pieces of what is pending, of about `bytesMax` in all. A last line without `\n` is still being written, or was
 * torn: it is left alone, and takes no place of another. Streams in `served` have to wait for all others.
 */
export async function nextPieces(
  pending: readonly Pending[],
  bytesMax: number,
  served: ReadonlySet<string> = new Set(),
): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  let room = bytesMax;
  const waiting = inTurn(pending, served);
  while (waiting.length > 0 && room > 0 && pieces.length < piecesMax) {
    const next = smallestFirst(waiting.splice(0, piecesMax - pieces.length), served);
    for (const [i, stream] of next.entries()) {
      if (room <= 0) break;
      const piece = await cutPiece(stream, shareOf(room, next.length - i, bytesMax));
      if (piece === undefined) continue;
      pieces.push(piece);
      room -= piece.range.to - piece.range.from;
    }
  }
  return pieces.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/**
 * The order in which streams get a place: who was not served yet, then who has waited longest by the clock of its file.
 * That clock may be wrong: it only changes the order, as nobody is served twice before all were once.
 */
function inTurn(pending: readonly Pending[], served: ReadonlySet<string>): Pending[] {
  return pending.toSorted((a, b) => rankIn(served, a) - rankIn(served, b) || a.modifiedAt - b.modifiedAt);
}

function smallestFirst(pending: readonly Pending[], served: ReadonlySet<string>): readonly Pending[] {
  return pending.toSorted((a, b) => rankIn(served, a) - rankIn(served, b) || pendingBytes(a) - pendingBytes(b));
}

const rankIn = (served: ReadonlySet<string>, { file }: Pending): number => Number(served.has(file));

/**
 * What the next of `count` streams may take of a room, the smallest first: an equal share, of which a small one leaves the
 * rest to those behind it, and never so little that large ones are torn to shreds.
 */
export function shareOf(room: number, count: number, bytesMax: number): number {
  return Math.min(room, Math.max(Math.floor(room / count), Math.ceil(bytesMax / largePartsMax)));
}

const pendingBytes = ({ bytes, from }: Pending): number => bytes - from.bytes;

async function cutPiece(pending: Pending, bytesMax: number): Promise<Piece | undefined> {
  try {
    return await withOpen(pending.file, async (handle) => {
      const from = (await wasReplaced(handle, pending)) ? untaken : pending.from;
      const stream = from === pending.from ? pending.stream : successorOf(pending.stream);
      const to = await lineEndWithin(handle, { from: from.bytes, to: pending.bytes }, bytesMax);
      if (to === undefined) return undefined;
      const range = { from: from.bytes, to };
      const isWholeFile = range.from === 0 && range.to === pending.bytes;
      const { jobId, file, modifiedAt } = pending;
      return { stream, ...(jobId && { jobId }), file, fromLine: from.lines, range, isWholeFile, modifiedAt };
    });
  } catch (error) {
    // Removed since the listing, by another compactor that took it all.
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes durable what is taken of files that others write, and the inbox's id, which is part of their streams' names: where a
 * power cut took the id, or made a file shorter than its watermark, they would be other streams and be taken twice. A stream
 * of ours is never replaced, and needs no sync.
 */
export async function syncForeign(pieces: readonly Piece[]): Promise<void> {
  const files = pieces.filter(({ stream }) => !isOwnStream(stream)).map(({ file }) => file);
  const inbox = new Set(files.map((file) => dirname(dirname(file))));
  const folders = [...inbox].flatMap((folder) => [folder, dirname(folder)]);
  for (const path of [...files, ...folders]) {
    await withOpen(path, (handle) => handle.sync()).catch((error: unknown) => {
      // Removed by another compactor that took it all: this batch will count for nothing.
      if (systemCodeOf(error) !== 'ENOENT') throw error;
    });
  }
}

/** What was taken ended with a line end; a file that has none there any more is another one, unless nobody can replace it. */
async function wasReplaced(handle: FileHandle, { from, base }: Pending): Promise<boolean> {
  if (from.bytes === 0 || isOwnStream(base)) return false;
  const last = await readRange(handle, { from: from.bytes - 1, to: from.bytes });
  return last[0] !== 10;
}

/** The last line end within `bytesMax`, or the end of the first line where that is longer. */
async function lineEndWithin(handle: FileHandle, range: Range, bytesMax: number): Promise<number | undefined> {
  const to = Math.min(range.to, range.from + bytesMax);
  const end = await lastLineEnd(handle, { from: range.from, to });
  return end > range.from ? end : firstLineEnd(handle, { from: to, to: range.to });
}
