import { type Engine, literal } from '../engine.ts';
import { nextPieces, takeIn, takenStreams } from '../inbox/index.ts';
import { lendTemporary, type Snapshot, type Storage, type Watermark, watermarksOf } from '../lake/index.ts';
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
  const problems: Problem[] = [];
  for (;;) {
    const left = streams.map((stream) => ({ ...stream, from: judged.get(stream.stream) ?? stream.from }));
    const pieces = await nextPieces(
      left.filter(({ from, bytes }) => from.bytes < bytes),
      batchBytes,
    );
    if (pieces.length === 0) return problems;
    const scratch = await lendTemporary();
    try {
      const { watermarks } = await takeIn(engine, scratch, pieces, { copyAll: true });
      for (const [stream, mark] of watermarks) judged.set(stream, { ...mark, takenAt: 0 });
      problems.push(...(await differences(engine)));
    } finally {
      await scratch.close();
    }
  }
}

async function differences(engine: Engine): Promise<readonly Problem[]> {
  const rows = await engine.rows(readSql('verify/lines_of_streams.sql'));
  return rows.flatMap(({ stream, lacking, differing, first_line }) => [
    ...problemOf(stream, lacking, `of its lines in the inbox are missing in the lake, the first is line ${first_line}`),
    ...problemOf(stream, differing, `of its lines are other events in the lake, the first is line ${first_line}`),
  ]);
}

function problemOf(stream: unknown, count: unknown, problem: string): readonly Problem[] {
  return Number(count) === 0 ? [] : [{ of: String(stream), problem: `${count} ${problem}` }];
}
