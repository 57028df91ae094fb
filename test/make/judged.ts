import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../src/engine.ts';
import { lineColumns } from '../../src/events/index.ts';
import { canonicalLine } from '../../src/inbox/canonical.ts';
import { columnsLiteral } from '../../src/inbox/contract-sql.ts';
import { takeIn } from '../../src/inbox/index.ts';
import type { Scratch } from '../../src/lake/index.ts';

const stream = '019ab0e0-1234-7abc-8def-000000000001';
/** What a line says itself: its stream is where it lies. */
const stated = lineColumns.filter(({ name }) => name !== 'stream').map(({ name }) => `"${name}"`);

/** The events of each line, as JSON texts. Line `i` is number `i` of its stream. */
export type RowsByLine = readonly (readonly string[])[];

/** Each line as the only one that is taken in, as the compactor and the readers do. */
export async function takenIn(
  engine: Engine,
  scratch: Scratch,
  lines: readonly Uint8Array[],
  jobId: string,
): Promise<RowsByLine> {
  const found: (readonly string[])[] = [];
  for (const [i, line] of lines.entries()) {
    const file = join(scratch.dir, 'line.ndjson');
    writeFileSync(file, Buffer.concat([line, Buffer.from('\n')]));
    const range = { from: 0, to: line.length + 1 };
    await takeIn(engine, scratch, [{ stream, jobId, file, fromLine: i, range, isWholeFile: true, modifiedAt: 0 }]);
    found.push((await rowsBySeq(engine, 'intake.events', i + 1))[i] ?? []);
  }
  return found;
}

/** Each line judged alone, in JavaScript. */
export async function judgedAlone(
  engine: Engine,
  scratch: Scratch,
  lines: readonly Uint8Array[],
  jobId: string,
): Promise<RowsByLine> {
  const texts = lines.flatMap((line, i) =>
    isBlank(line) ? [] : [`${canonicalLine(Buffer.from(line), { stream, line: i, jobId })}\n`],
  );
  const path = await scratch.write('canonical.ndjson', texts.join(''));
  const table = `read_json('${path}', format = 'newline_delimited', columns = ${columnsLiteral})`;
  return rowsBySeq(engine, table, lines.length);
}

/** The rows of a table by number. */
export async function rowsBySeq(engine: Engine, table: string, count: number): Promise<RowsByLine> {
  const { columns, rows } = await engine.result(`select ${stated.join(', ')} from ${table}`);
  const found: string[][] = Array.from({ length: count }, () => []);
  for (const row of rows) {
    const named = Object.fromEntries(columns.map(({ name }, at) => [name, row[at]]));
    found[Number(named.seq)]?.push(JSON.stringify(named));
  }
  return found;
}

/** A line that is none: white space of ASCII, a byte order mark before it. */
export const isBlank = (line: Uint8Array): boolean => /^\ufeff?[\t-\r ]*$/.test(Buffer.from(line).toString('utf8'));
