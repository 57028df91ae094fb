import fc from 'fast-check';
import { expect } from 'vitest';
import type { Engine } from '../../src/engine.ts';
import type { Scratch } from '../../src/lake/index.ts';
import { lineBytes } from '../make/arbitrary.ts';
import { isBlank, judgedAlone, takenIn } from '../make/judged.ts';

interface Given {
  readonly jobId: string;
  readonly lines: readonly Uint8Array[];
}

/** The `i`-th line of a job as its writer numbers and names it: mostly right. */
function numbered(jobId: string, i: number): fc.Arbitrary<Uint8Array> {
  const own = fc.option(fc.constant(jobId), { freq: 10, nil: undefined });
  const other = fc.constantFrom('other', '12', '../up');
  const seq = fc.option(fc.constant(i), { freq: 10, nil: undefined });
  return fc
    .tuple(seq, fc.oneof({ weight: 10, arbitrary: own }, other))
    .chain(([number, job]) => lineBytes({ seq: number, jobId: job }));
}

const given: fc.Arbitrary<Given> = fc
  .tuple(fc.constantFrom('match-7', '12', '1.5', 'true'), fc.integer({ min: 1, max: 40 }))
  .chain(([jobId, count]) =>
    fc.record({
      jobId: fc.constant(jobId),
      lines: fc.tuple(...Array.from({ length: count }, (_, i) => numbered(jobId, i))),
    }),
  );

/** However a line is read, it gives the same row, and one row unless it is blank. */
export async function checkLines(engine: Engine, scratch: Scratch, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(given, async ({ jobId, lines }) => {
      const rows = await takenIn(engine, scratch, lines, jobId);
      expect(rows).toEqual(await judgedAlone(engine, scratch, lines, jobId));
      expect(rows.map((found) => found.length)).toEqual(lines.map((line) => (isBlank(line) ? 0 : 1)));
    }),
    { numRuns },
  );
}
