import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorTable } from '../../src/errors.ts';
import { commitPath } from '../../src/lake/index.ts';
import { linesOf, makeEvents } from '../make/events.ts';
import { compacted, tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { type Mutant, mutantsOf } from './mutants.ts';

const count = Number(process.env.FUZZ_FILES ?? 10_000);
/** The same each time by default: what turns red is then a change’s. */
const seed = Number(process.env.FUZZ_SEED ?? 325_686);

/** A small lake whose log begins with a checkpoint. */
async function smallLake(): Promise<string> {
  const warehouse = tempWarehouse({ checkpoint_commits: 3 });
  for (let round = 0; round < 5; round += 1) {
    const events = [...makeEvents({ jobs: 2, events: 40 }).values()].flat();
    const named = events.map((event) => ({ ...event, job_id: `${event.job_id}-${round}` }));
    warehouse.append(`round-${round}/a.ndjson`, linesOf(named));
    await compacted(warehouse);
  }
  for (const version of [0, 1, 2, 3]) rmSync(join(warehouse.path, commitPath(version)), { force: true });
  rmSync(join(warehouse.path, 'inbox'), { recursive: true });
  return warehouse.path;
}

function tally(mutants: readonly Mutant[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { sort, alone } of mutants) counts[`${sort}: ${alone}`] = (counts[`${sort}: ${alone}`] ?? 0) + 1;
  return counts;
}

test(`a lake with any bytes changed gives the same answers or an error with a code: seed ${seed}`, async () => {
  const warehouse = await smallLake();
  const folder = tempFolder();
  const half = Math.ceil(count / 2);
  const runs = [0, half].map((from) =>
    mutantsOf({ warehouse, copy: join(folder, String(from)), seed }, from, Math.min(from + half, count)),
  );
  const mutants = (await Promise.all(runs)).flat();
  process.stdout.write(`fuzz seed ${seed}: ${JSON.stringify(tally(mutants), null, 1)}\n`);
  const isCoded = (outcome: string | undefined): boolean =>
    outcome === undefined || ['same', 'other'].includes(outcome) || outcome in errorTable;

  expect(mutants).toHaveLength(count);
  expect(mutants.filter(({ alone, whole, verified }) => ![alone, whole, verified].every(isCoded))).toEqual([]);
  // What the log says is the same or refused; other rows of a data file are told by its checksum.
  expect(mutants.filter(({ sort, alone }) => sort !== 'data' && alone === 'other')).toEqual([]);
  expect(mutants.filter(({ sort, alone, isTold }) => sort === 'data' && alone === 'other' && !isTold)).toEqual([]);
});
