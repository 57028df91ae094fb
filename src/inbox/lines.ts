import { type FileHandle, open } from 'node:fs/promises';
import { messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';

const windowBytes = 64 * 1024;
const newline = 10;

/** A range of a file's bytes: from `from` up to, not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** One line without its `\n`; a line longer than was asked for is cut, and `bytes` tells its whole length. */
export interface Line {
  readonly content: Buffer;
  /** Where it begins in the file. */
  readonly at: number;
  /** Without its `\n`. */
  readonly bytes: number;
}

/** @throws SiltstoneError `file_not_readable`; a file that is gone is the system's own ENOENT. */
export async function withOpen<T>(file: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') throw error;
    throw new SiltstoneError('file_not_readable', messageOf(error), { cause: error });
  });
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

/** Just behind the last `\n` within a range; the range's start where it holds none. */
export async function lastLineEnd(handle: FileHandle, { from, to }: Range): Promise<number> {
  for (let end = to; end > from; ) {
    const start = Math.max(from, end - windowBytes);
    const found = (await readRange(handle, { from: start, to: end })).lastIndexOf(newline);
    if (found >= 0) return start + found + 1;
    end = start;
  }
  return from;
}

/** Just behind the first `\n` within a range; undefined where it holds none. */
export async function firstLineEnd(handle: FileHandle, { from, to }: Range): Promise<number | undefined> {
  for (let start = from; start < to; start += windowBytes) {
    const found = (await readRange(handle, { from: start, to: Math.min(to, start + windowBytes) })).indexOf(newline);
    if (found >= 0) return start + found + 1;
  }
  return undefined;
}

/**
 * Whether a range of whole lines holds one longer than `lineBytesMax`. Hops from the last line end within each
 * `lineBytesMax` to the next, so that it reads a little of the file: a longer line leaves no line end to hop to.
 */
export async function hasLongLine(handle: FileHandle, range: Range, lineBytesMax: number): Promise<boolean> {
  for (let at = range.from; at < range.to; ) {
    const next = await lastLineEnd(handle, { from: at, to: Math.min(range.to, at + lineBytesMax) });
    if (next === at) return true;
    at = next;
  }
  return false;
}

/** The lines of a range that ends with one, blank ones left out. Holds one chunk and one line of `keptBytesMax` at most. */
export async function* linesOf(handle: FileHandle, range: Range, keptBytesMax: number): AsyncGenerator<Line> {
  let kept: Buffer[] = [];
  let at = range.from;
  let bytes = 0;
  const keep = (part: Buffer): void => {
    const room = keptBytesMax - Math.min(bytes, keptBytesMax);
    if (room > 0) kept.push(part.subarray(0, room));
    bytes += part.length;
  };
  for (let from = range.from; from < range.to; from += windowBytes) {
    const chunk = await readRange(handle, { from, to: Math.min(range.to, from + windowBytes) });
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      keep(chunk.subarray(start, end));
      const line = { content: kept.length === 1 && kept[0] ? kept[0] : Buffer.concat(kept), at, bytes };
      if (!isBlank(line)) yield line;
      start = end + 1;
      at = from + start;
      kept = [];
      bytes = 0;
    }
    keep(chunk.subarray(start));
  }
}

/** Blank is what DuckDB passes over between two events: nothing, white space of ASCII, a byte order mark before it. */
function isBlank({ content, bytes }: Line): boolean {
  if (bytes > content.length) return false;
  const text = content.subarray(0, 3).equals(byteOrderMark) ? content.subarray(3) : content;
  return text.every((byte) => byte === 32 || (byte >= 9 && byte <= 13));
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

export async function readRange(handle: FileHandle, { from, to }: Range): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(to - from), 0, to - from, from);
  return buffer.subarray(0, bytesRead);
}
