import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { compact, merge, upkeep } from '../../src/compactor/index.ts';
import type { Engine } from '../../src/engine.ts';
import { openReader, type Reader } from '../../src/query/index.ts';
import { lineBytes } from '../make/arbitrary.ts';
import { isBlank } from '../make/judged.ts';
import { promote } from '../make/promotion.ts';
import { answersOf } from '../make/views.ts';
import { tempWarehouse, type Warehouse } from '../make/warehouse.ts';

interface Stream {
  readonly path: string;
  readonly lines: readonly Uint8Array[];
  /** Where the writer is at each step, in thousandths of the stream; it may be within a line, or a character. */
  readonly steps: readonly number[];
  readonly isQuiet: boolean;
}

interface Plan {
  readonly streams: readonly Stream[];
  /** What is done to the lake at the end of each step. */
  readonly works: readonly Work[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** At each step, the types of promoted fields of custom kinds: they may change, and a compaction still changes nothing. */
  readonly promoted: readonly { readonly foo: string; readonly LEVEL: string }[];
}

type Work = 'nothing' | 'compact' | 'compact and merge' | 'compact, merge and let go';

/** `SEED=n` asks of other histories. The same each time by default: what turns red is then a change’s. */
const seed = Number(process.env.SEED ?? 20_261_125);
const stepCount = 3;
/** All that left the table by then is vacuumed. */
const nextMonth = Date.now() + 31 * 24 * 3_600_000;

const streamPath = fc.constantFrom(
  'match-7/019ab0e0-1234-7abc-8def-000000000001.ndjson',
  'match-7/019ab0e0-5678-7abc-8def-000000000002.ndjson',
  'other/019ab0e0-9abc-7abc-8def-000000000003.ndjson',
  'match-7/bash.ndjson',
  'other/bash.ndjson',
  'no job id/a b.ndjson',
  "it's [odd]*?/x{1}.ndjson",
);

function stream(path: string): fc.Arbitrary<Stream> {
  const jobId = path.split('/')[0] ?? '';
  const line = (i: number): fc.Arbitrary<Uint8Array> => lineBytes({ seq: i, jobId });
  return fc.record({
    path: fc.constant(path),
    lines: fc
      .integer({ min: 0, max: 12 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => line(i)))),
    steps: fc
      .array(fc.nat({ max: 1000 }), { minLength: stepCount, maxLength: stepCount })
      .map((steps) => [...steps.toSorted((a, b) => a - b), 1000]),
    isQuiet: fc.boolean(),
  });
}

const promotedType = fc.constantFrom('VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'TIMESTAMPTZ', 'JSON');
const promotedViews = ['custom_metric', 'x'];

const plan: fc.Arbitrary<Plan> = fc.record({
  streams: fc.uniqueArray(streamPath, { minLength: 1, maxLength: 4 }).chain((paths) => fc.tuple(...paths.map(stream))),
  works: fc.array(fc.constantFrom<Work>('nothing', 'compact', 'compact and merge', 'compact, merge and let go'), {
    minLength: stepCount + 1,
    maxLength: stepCount + 1,
  }),
  settings: fc.record({
    compact_batch_bytes: fc.constantFrom(1, 300, 2000, 64_000_000),
    checkpoint_commits: fc.constantFrom(1, 2, 50),
    compact_kinds_max: fc.constantFrom(0, 1, 200),
    parquet_version: fc.constantFrom('V1', 'V2'),
  }),
  promoted: fc.array(fc.record({ foo: promotedType, LEVEL: promotedType }), {
    minLength: stepCount + 1,
    maxLength: stepCount + 1,
  }),
});

/** Work on the lake, wherever it comes, changes no view's answer; and every line that is not blank is one row. */
export async function checkCompactions(engine: Engine, folder: string, numRuns: number): Promise<void> {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(plan, async ({ streams, works, settings, promoted }) => {
      run += 1;
      const compacting = tempWarehouse(settings, join(folder, `${run}-compacted`));
      const untouched = tempWarehouse(settings, join(folder, `${run}-untouched`));
      const inboxId = 'one inbox\n';
      for (const warehouse of [compacting, untouched]) warehouse.append('.id', inboxId);
      await withReaders([compacting, untouched], async (before, hot) => {
        for (const [step, work] of works.entries()) {
          const fields = promoted[step] ?? { foo: 'DOUBLE' };
          for (const warehouse of [compacting, untouched]) promote(warehouse, { 'custom.metric': fields, x: fields });
          for (const one of streams) {
            for (const warehouse of [compacting, untouched]) appendStep(warehouse, one, step);
          }
          const expected = await answersOf(hot, promotedViews);
          expect(await answersOf(before, promotedViews)).toEqual(expected);
          if (work === 'nothing') continue;
          await done(work, compacting, engine);
          expect(await answersOf(before, promotedViews)).toEqual(expected);
        }
        await withReaders([compacting, untouched], async (after, fresh) => {
          const expected = await answersOf(hot, promotedViews);
          expect(await answersOf(after, promotedViews)).toEqual(expected);
          expect(await answersOf(fresh, promotedViews)).toEqual(expected);
          expect(expected.events).toHaveLength(streams.flatMap(({ lines }) => lines.filter((l) => !isBlank(l))).length);
        });
      });
    }),
    { numRuns, seed, endOnFailure: true },
  );
}

async function done(work: Work, warehouse: Warehouse, engine: Engine): Promise<void> {
  await compact({ ...warehouse, engine });
  if (work.includes('merge')) await merge({ ...warehouse, engine });
  if (work.includes('let go')) await upkeep({ ...warehouse, engine }, nextMonth);
}

/** What the writer appends between two steps. */
function appendStep(warehouse: Warehouse, { path, lines, steps, isQuiet }: Stream, step: number): void {
  const whole = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
  const at = (i: number): number => (i < 0 ? 0 : Math.floor(((steps[i] ?? 1000) * whole.length) / 1000));
  warehouse.append(path, whole.subarray(at(step - 1), at(step)));
  if (isQuiet) warehouse.makeQuiet(path);
}

async function withReaders(
  [first, second]: readonly [Warehouse, Warehouse],
  use: (first: Reader, second: Reader) => Promise<void>,
): Promise<void> {
  const readers = [await openReader(first.settings), await openReader(second.settings)] as const;
  try {
    await use(...readers);
  } finally {
    for (const reader of readers) await reader.close();
  }
}
