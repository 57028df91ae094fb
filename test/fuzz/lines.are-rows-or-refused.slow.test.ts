import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { takeIn } from '../../src/inbox/index.ts';
import { lendTemporary, type Scratch } from '../../src/lake/index.ts';
import { lineBytes } from '../make/arbitrary.ts';
import { isBlank, judgedAlone, rowsBySeq } from '../make/judged.ts';
import { compacted, tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';

const count = Number(process.env.FUZZ_LINES ?? 100_000);
/** The same each time by default: what turns red is then a change’s. */
const seed = Number(process.env.FUZZ_SEED ?? 243_213);
/** Lines of a stream, and streams that are taken in together. */
const [streamLines, batchStreams] = [5, 100];
const batchLines = streamLines * batchStreams;
const jobId = 'match-7';

/** The lines of a batch, each numbered as its writer would. */
function batchOf(batch: number): readonly Uint8Array[] {
  return Array.from({ length: batchLines }, (_, i) => {
    const [line = Buffer.alloc(0)] = fc.sample(lineBytes({ seq: i, jobId }), {
      numRuns: 1,
      seed: seed + batch * batchLines + i,
    });
    // A blank line is none: it would move the numbers of those behind it.
    return isBlank(line) ? Buffer.from('{}') : line;
  });
}

/** Each five lines as a stream; all streams taken in at once. */
function piecesOf(scratch: Scratch, lines: readonly Uint8Array[]) {
  return Array.from({ length: batchStreams }, (_, i) => {
    const own = lines.slice(i * streamLines, (i + 1) * streamLines);
    const bytes = Buffer.concat(own.flatMap((line) => [line, Buffer.from('\n')]));
    const file = join(scratch.dir, `stream-${i}.ndjson`);
    writeFileSync(file, bytes);
    const stream = `019ab0e0-1234-7abc-8def-${String(i).padStart(12, '0')}`;
    const range = { from: 0, to: bytes.length };
    return { stream, jobId, file, fromLine: i * streamLines, range, isWholeFile: true, modifiedAt: 0 };
  });
}

test(`a line of any bytes is the event that it says or a rejected line, never less: seed ${seed}`, async () => {
  const scratch = await lendTemporary();
  onTestFinished(() => scratch.close());
  const engine = await tempEngine();
  for (let batch = 0; batch * batchLines < count; batch += 1) {
    const lines = batchOf(batch);
    await takeIn(engine, scratch, piecesOf(scratch, lines));
    const rows = await rowsBySeq(engine, 'intake.events', batchLines);

    expect(rows).toEqual(await judgedAlone(engine, scratch, lines, jobId));
  }
});

test(`of lines of any bytes a reader shows each once, hot and compacted: seed ${seed}`, async () => {
  const warehouse = tempWarehouse();
  const lines = batchOf(-1);
  const expected = lines.length;
  for (const [i, line] of lines.entries()) {
    warehouse.append(`${jobId}-${i % batchStreams}/a.ndjson`, Buffer.concat([line, Buffer.from('\n')]));
  }
  const reader = await tempReader(warehouse);
  const seen = 'select count(*)::int as events, count(distinct id)::int as ids, count(event)::int as kinds from events';

  expect(await reader.rows(seen)).toEqual([{ events: expected, ids: expected, kinds: expected }]);
  await compacted(warehouse);
  expect(await reader.rows(seen)).toEqual([{ events: expected, ids: expected, kinds: expected }]);
});
