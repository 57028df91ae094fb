import { open } from 'node:fs/promises';
import { lineBytesMax } from '../events/index.ts';
import { canonicalLine, rejectedLong } from './canonical.ts';
import { type Line, linesOf, type Range, readRange } from './lines.ts';
import type { Piece } from './pieces.ts';

const copyBytes = 1024 * 1024;
/** What a `line.rejected` keeps of a line that is too long to read. */
const longLineKeptBytes = 64 * 1024;

/** A line over the limit, which the event can hold only the beginning of. */
export interface LongLine {
  readonly piece: Piece;
  readonly line: number;
  readonly range: Range;
}

/** What was met while a piece was rewritten. */
export interface Rewriting {
  lineCount: number;
  readonly longLines: LongLine[];
}

/** The lines of a piece in canonical form, one by one; what was met is noted in `rewriting`. */
export async function* canonicalLines(piece: Piece, rewriting: Rewriting): AsyncGenerator<string> {
  const handle = await open(piece.file, 'r');
  try {
    for await (const line of linesOf(handle, piece.range, lineBytesMax)) {
      const text = canonical(line, piece, rewriting);
      rewriting.lineCount += 1;
      yield `${text}\n`;
    }
  } finally {
    await handle.close();
  }
}

function canonical(line: Line, piece: Piece, rewriting: Rewriting): string {
  const { stream, jobId } = piece;
  const place = { stream, line: piece.fromLine + rewriting.lineCount, ...(jobId && { jobId }) };
  if (line.bytes < lineBytesMax) return canonicalLine(line.content, place);
  rewriting.longLines.push({ piece, line: place.line, range: { from: line.at, to: line.at + line.bytes } });
  return rejectedLong(line.content.subarray(0, longLineKeptBytes), line.bytes, place);
}

/** The bytes of a range as they are. */
export async function* bytesOf(file: string, { from, to }: Range): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  try {
    for (let at = from; at < to; at += copyBytes)
      yield await readRange(handle, { from: at, to: Math.min(to, at + copyBytes) });
  } finally {
    await handle.close();
  }
}
