import { expect, test } from 'vitest';
import { cleanLog, commitPath, expiredLog, loadSnapshot, type Storage, transact } from '../../src/lake/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { txnOf } from './made-lake.ts';

const yearMs = 365 * 24 * 3_600_000;

const late = { operation: 'LATE', actionsOn: () => [txnOf('late', 1)] };

/** A lake of some commits, of which somebody who stands still for once knows. */
async function standingStill(commits: number, create: (warehouse: Warehouse) => Storage['create']) {
  const warehouse = tempWarehouse({ checkpoint_commits: 4 });
  const engine = await tempEngine();
  for (let seq = 0; seq < commits; seq += 1) {
    warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq })]));
    await compacted(warehouse, { engine });
  }
  return {
    warehouse,
    engine,
    standing: { ...warehouse.storage, create: once(create(warehouse), warehouse.storage.create) },
  };
}

function once(first: Storage['create'], then: Storage['create']): Storage['create'] {
  let next = first;
  return (path, content) => {
    const create = next;
    next = then;
    return create(path, content);
  };
}

test.each([0, 1])(
  'who stood still before version %i while the log went on and was cleaned up commits at its end',
  async (commits) => {
    const { warehouse, engine, standing } = await standingStill(commits, ({ storage }) => async (path, content) => {
      await logGoesOn(warehouse, commits);
      return storage.create(path, content);
    });

    expect((await transact(standing, engine, late, 5))?.version).toBe(commits + 5);

    expect(await warehouse.storage.stat(commitPath(commits))).toBeUndefined();
    expect((await loadSnapshot(warehouse.storage, engine)).txns.get('late')).toMatchObject({ version: 1 });
  },
);

test.each([0, 1])('who stood still behind version %i while others went on from it has committed', async (commits) => {
  const { warehouse, engine, standing } = await standingStill(commits, ({ storage }) => async (path, content) => {
    const outcome = await storage.create(path, content);
    await logGoesOn(warehouse, commits);
    return outcome;
  });

  expect((await transact(standing, engine, late, 5))?.version).toBe(commits);

  expect((await loadSnapshot(warehouse.storage, engine)).txns.get('late')).toMatchObject({ version: 1 });
});

async function logGoesOn(warehouse: Warehouse, from: number): Promise<void> {
  for (const seq of [0, 1, 2, 3, 4].map((i) => from + i)) {
    warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq })]));
    await compacted(warehouse);
  }
  await cleanLog(warehouse.storage, await expiredLog(warehouse.storage, await tempEngine(), 0, Date.now() + yearMs));
}
