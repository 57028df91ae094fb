const newline = 10;

/** One line of an input, without its `\n`. */
export interface InputLine {
  /** From 1, blank lines counted: as an editor counts. */
  readonly number: number;
  /** A longer line than was asked for is cut. */
  readonly content: Buffer;
  /** Of the whole line. */
  readonly bytes: number;
}

/** The lines of any input, the last one with or without its `\n`. Holds one chunk and one line of `keptBytesMax` at most. */
export async function* inputLines(chunks: AsyncIterable<Buffer>, keptBytesMax: number): AsyncGenerator<InputLine> {
  let kept: Buffer[] = [];
  let bytes = 0;
  let number = 1;
  const keep = (part: Buffer): void => {
    if (bytes < keptBytesMax) kept.push(part.subarray(0, keptBytesMax - bytes));
    bytes += part.length;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      keep(chunk.subarray(start, end));
      yield { number, content: Buffer.concat(kept), bytes };
      kept = [];
      bytes = 0;
      number += 1;
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (bytes > 0) yield { number, content: Buffer.concat(kept), bytes };
}
