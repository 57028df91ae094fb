import { open } from 'node:fs/promises';
import type { Scratch } from '../lake/index.ts';
import { firstLineEnd, lastLineEnd, type Range } from './lines.ts';
import type { Piece } from './pieces.ts';
import { bytesOf } from './rewrite.ts';

/** A piece as DuckDB reads it: its file where it lies, or copies of its bytes. */
export interface Staged {
  readonly piece: Piece;
  /** Absolute, in the order of the lines. */
  readonly paths: readonly string[];
  readonly isInPlace: boolean;
}

/** A file that was written to this lately is read from a copy, as it may grow at any moment. */
const quietMs = 2000;
/** Copies are cut so that DuckDB, which reads a file in buffers of 32 MiB, has work for all its threads. */
const partBytes = 8 * 1024 * 1024;

export async function stage(piece: Piece, i: number, scratch: Scratch, copyAll: boolean): Promise<Staged> {
  const isQuiet = Date.now() - piece.modifiedAt > quietMs;
  if (piece.isWholeFile && isQuiet && !copyAll) return { piece, paths: [piece.file], isInPlace: true };
  const paths: string[] = [];
  for (const range of await partsOf(piece)) {
    paths.push(await scratch.write(`piece-${i}-${paths.length}.ndjson`, bytesOf(piece.file, range)));
  }
  return { piece, paths, isInPlace: false };
}

/** A piece's range in parts that end with a line, of about `partBytes`. */
async function partsOf({ file, range }: Piece): Promise<readonly Range[]> {
  if (range.to - range.from <= partBytes) return [range];
  const handle = await open(file, 'r');
  try {
    const parts: Range[] = [];
    for (let from = range.from; from < range.to; ) {
      const limit = Math.min(range.to, from + partBytes);
      const end = await lastLineEnd(handle, { from, to: limit });
      const to = end > from ? end : ((await firstLineEnd(handle, { from: limit, to: range.to })) ?? range.to);
      parts.push({ from, to });
      from = to;
    }
    return parts;
  } finally {
    await handle.close();
  }
}
