import { open } from 'node:fs/promises';
import { type Engine, literal } from '../engine.ts';
import { current, inboxIdForReading, isOwnStream, listStreams, type StreamFile, takenSuffix } from '../inbox/index.ts';
import { expiredOf, lastForgotten, type Snapshot, type Storage, type Watermark, watermarksOf } from '../lake/index.ts';
import { readSql } from './sql-files.ts';
import type { Problem } from './verify.ts';

interface StreamRows {
  readonly rowCount: number;
  readonly lineCount: number;
  readonly lineMax: number;
}

/** Whether the lake holds each line that was taken of a stream once, and the inbox still what it was taken from. */
export async function verifyStreams(
  storage: Storage,
  engine: Engine,
  snapshot: Snapshot,
  readable: readonly string[],
): Promise<{ readonly count: number; readonly problems: readonly Problem[] }> {
  const watermarks = watermarksOf(snapshot);
  const rows = await rowsOfStreams(engine, readable);
  const expired = expiredOf(snapshot);
  const strangers =
    lastForgotten(snapshot) !== undefined ? [] : [...rows.keys()].filter((stream) => !watermarks.has(stream));
  const problems = [
    ...[...watermarks].flatMap(([stream, mark]) =>
      problemsOf(stream, comparedWith(mark, rows.get(stream), expired.get(stream))),
    ),
    ...strangers.flatMap((stream) => problemsOf(stream, ['the lake holds rows of it, and the log does not know it'])),
  ];
  const id = await inboxIdForReading(storage);
  for (const file of [...(await listStreams(storage, id)), ...(await listStreams(storage, id, takenSuffix))]) {
    problems.push(...problemsOf(file.path, await fileProblems(file, watermarks)));
  }
  return { count: watermarks.size, problems };
}

const problemsOf = (of: string, found: readonly string[]): readonly Problem[] =>
  found.map((problem) => ({ of, problem }));

async function rowsOfStreams(engine: Engine, files: readonly string[]): Promise<ReadonlyMap<string, StreamRows>> {
  if (files.length === 0) return new Map();
  await engine.run(`set variable verified_files = [${files.map(literal).join(', ')}]`);
  const rows = await engine.rows(readSql('verify/rows_of_streams.sql'));
  return new Map(
    rows.map((row) => [
      String(row.stream),
      { rowCount: Number(row.row_count), lineCount: Number(row.line_count), lineMax: Number(row.line_max) },
    ]),
  );
}

function comparedWith({ lines }: Watermark, rows: StreamRows | undefined, expired = 0): readonly string[] {
  const { rowCount, lineCount, lineMax } = rows ?? { rowCount: 0, lineCount: 0, lineMax: -1 };
  return [
    ...(rowCount > lineCount ? [`${rowCount - lineCount} of its events are in the lake more than once`] : []),
    ...(lineMax >= lines ? [`the lake holds line ${lineMax}; the log says that ${lines} lines were taken`] : []),
    ...(lineCount + expired < lines && lineMax < lines
      ? [`${lines - lineCount - expired} of its ${lines} lines are missing in the lake`]
      : []),
  ];
}

/**
 * What was taken of a file ended with a line end, and must still be there: whatever is behind it counts from there. Of a
 * stream of ours a power cut may have taken it; nothing is behind it then, and the lake has it all.
 */
async function fileProblems(file: StreamFile, watermarks: ReadonlyMap<string, Watermark>): Promise<readonly string[]> {
  // As if it were long enough: a shorter file would be taken for a new stream, which is what is to be found out.
  const { from } = current({ ...file, bytes: Number.POSITIVE_INFINITY }, watermarks);
  if (from.bytes === 0 || isOwnStream(file.base)) return [];
  if (file.bytes < from.bytes) {
    return [`has ${file.bytes} bytes, and ${from.bytes} were taken of it: it was cut off or replaced`];
  }
  return (await byteAt(file.file, from.bytes - 1)) === 10
    ? []
    : [`has no line end where the lake stopped reading, at byte ${from.bytes}: it was replaced`];
}

async function byteAt(path: string, position: number): Promise<number | undefined> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, position);
    return bytesRead === 1 ? buffer[0] : undefined;
  } finally {
    await handle.close();
  }
}
