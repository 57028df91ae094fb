import type { FileHandle } from 'node:fs/promises';
import { systemCodeOf } from '../errors.ts';
import { untaken } from '../lake/index.ts';
import { firstLineEnd, lastLineEnd, type Range, readRange, withOpen } from './lines.ts';
import { type Pending, successorOf } from './streams.ts';

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

/**
 * The next pieces of what is pending, the longest waiting first, of about `bytesMax` in all. A last line without `\n`
 * is still being written, or was torn: it is left alone.
 */
export async function nextPieces(pending: readonly Pending[], bytesMax: number): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  let room = bytesMax;
  for (const stream of pending.toSorted((a, b) => a.modifiedAt - b.modifiedAt)) {
    if (room <= 0 || pieces.length >= piecesMax) break;
    const piece = await cutPiece(stream, room);
    if (piece === undefined) continue;
    pieces.push(piece);
    room -= piece.range.to - piece.range.from;
  }
  return pieces.sort((a, b) => (a.file < b.file ? -1 : 1));
}

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

/** What was taken ended with a line end; a file that has none there any more is another one. */
async function wasReplaced(handle: FileHandle, { from }: Pending): Promise<boolean> {
  if (from.bytes === 0) return false;
  const last = await readRange(handle, { from: from.bytes - 1, to: from.bytes });
  return last[0] !== 10;
}

/** The last line end within `bytesMax`, or the end of the first line where that is longer. */
async function lineEndWithin(handle: FileHandle, range: Range, bytesMax: number): Promise<number | undefined> {
  const to = Math.min(range.to, range.from + bytesMax);
  const end = await lastLineEnd(handle, { from: range.from, to });
  return end > range.from ? end : firstLineEnd(handle, { from: to, to: range.to });
}
