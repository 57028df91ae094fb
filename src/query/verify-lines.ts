import { type Engine, literal } from '../engine.ts';
import { nextPieces, takeIn, takenStreams } from '../inbox/index.ts';
import { expiredOf, lendTemporary, type Snapshot, type Storage, type Watermark, watermarksOf } from '../lake/index.ts';
import { schemaLiteral } from './lake-state.ts';
import { readSql } from './sql-files.ts';
import type { Problem } from './verify.ts';

/** Whether the lines that the inbox still holds of what was taken are, judged again, the rows of the lake. */
export async function verifyLines(
  storage: Storage,
  engine: Engine,
  snapshot: Snapshot,
  readable: readonly string[],
  batchBytes: number,
): Promise<readonly Problem[]> {
  if (readable.length === 0) return [];
  await engine.run(`set variable verified_files = [${readable.map(literal).join(', ')}]`);
  await engine.run(`set variable verified_schema = ${schemaLiteral}`);
  const streams = await takenStreams(storage, watermarksOf(snapshot));
  const judged = new Map<string, Watermark>();
  const found: Difference[] = [];
  for (;;) {
    const left = streams.map((stream) => ({ ...stream, from: judged.get(stream.stream) ?? stream.from }));
    const pieces = await nextPieces(
      left.filter(({ from, bytes }) => from.bytes < bytes),
      batchBytes,
    );
    if (pieces.length === 0) return problemsOf(found, expiredOf(snapshot));
    const scratch = await lendTemporary();
    try {
      const { watermarks } = await takeIn(engine, scratch, pieces, { copyAll: true });
      for (const [stream, mark] of watermarks) judged.set(stream, { ...mark, takenAt: 0 });
      found.push(...(await differences(engine)));
    } finally {
      await scratch.close();
    }
  }
}

/** Lines of a stream that are not as they should be, and the first of them. */
interface Difference {
  readonly stream: string;
  readonly is: 'lacking' | 'differing';
  readonly count: number;
  readonly first: number;
}

async function differences(engine: Engine): Promise<readonly Difference[]> {
  const rows = await engine.rows(readSql('verify/lines_of_streams.sql'));
  return rows.flatMap((row) =>
    (['lacking', 'differing'] as const).map((is) => ({
      stream: String(row.stream),
      is,
      count: Number(row[is]),
      first: Number(row[`first_${is}`]),
    })),
  );
}

const words = {
  lacking: 'of its lines in the inbox are missing in the lake',
  differing: 'of its lines are other events in the lake',
} as const;

/** As many lines as expired may be missing in the lake. */
function problemsOf(found: readonly Difference[], expired: ReadonlyMap<string, number>): readonly Problem[] {
  const sums = new Map<string, Difference>();
  for (const one of found.filter(({ count }) => count > 0)) {
    const key = `${one.is} ${one.stream}`;
    const before = sums.get(key);
    sums.set(key, before === undefined ? one : { ...before, count: before.count + one.count });
  }
  return [...sums.values()].flatMap(({ stream, is, count, first }) => {
    const left = is === 'lacking' ? count - (expired.get(stream) ?? 0) : count;
    return left <= 0 ? [] : [{ of: stream, problem: `${left} ${words[is]}, the first is line ${first}` }];
  });
}
