import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';
import { ended, linesByJob, startCompactor, startWriter, type Writer } from './processes.ts';

const roundCount = 200;
/** `SEED=…` repeats the moments of a run. */
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** The same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test(`after ${roundCount} kill -9 of writer and compactor every flushed event is there once, and no torn line is one, SEED=${seed}`, async () => {
  const random = randomFrom(seed);
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  const writers: Writer[] = [];
  const broken: string[] = [];
  for (let round = 0; round < roundCount; round += 1) {
    const writer = startWriter(warehouse.path, `job-${round}`, 1_000_000);
    const compactor = startCompactor(warehouse.path, { compact_batch_bytes: 50_000, checkpoint_commits: 7 });
    writers.push(writer);
    await firstSafe(writer);
    await wait(random() * 200);
    compactor.kill('SIGKILL');
    await wait(random() * 30);
    writer.child.kill('SIGKILL');
    await Promise.all([ended(compactor), ended(writer.child)]);
    // A reader that lives through it all must never fail.
    await reader.rows('select count(*) from events');
  }
  check(broken, writers, await linesByJob(reader));
  await compacted(warehouse);
  check(broken, writers, await linesByJob(reader));

  expect(broken).toEqual([]);
  expect(await reader.rows('select * from rejected_lines')).toEqual([]);
  expect(writers.every((writer) => writer.safeLines() > 0)).toBe(true);
  expect(await reader.rows('select sum(hot)::int as hot, sum(gaps)::int as gaps from streams')).toEqual([
    { hot: 0, gaps: 0 },
  ]);
});

async function firstSafe(writer: Writer): Promise<void> {
  while (writer.safeLines() === 0) await wait(2);
}

function check(
  broken: string[],
  writers: readonly Writer[],
  found: ReadonlyMap<string, readonly [number, number, number]>,
): void {
  for (const writer of writers) {
    const [seen, numbers, highest] = found.get(writer.jobId) ?? [0, 0, 0];
    const isWhole = seen >= writer.safeLines() && seen === numbers && seen === highest;
    if (!isWhole)
      broken.push(`${writer.jobId}: ${writer.safeLines()} safe, ${seen} seen, ${numbers} numbers, ${highest} lines`);
  }
}
