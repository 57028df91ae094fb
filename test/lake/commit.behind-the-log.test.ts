import { expect, test } from 'vitest';
import {
  cleanLog,
  commit,
  commitPath,
  expiredLog,
  loadSnapshot,
  type Storage,
  transact,
} from '../../src/lake/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { txnOf } from './made-lake.ts';

const yearMs = 365 * 24 * 3_600_000;

/** A lake whose log begins at version 4. */
async function cleanedWarehouse(): Promise<Warehouse> {
  const warehouse = tempWarehouse({ checkpoint_commits: 4 });
  for (const seq of [0, 1, 2, 3, 4, 5]) {
    warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq })]));
    await compacted(warehouse);
  }
  await cleanLog(warehouse.storage, await expiredLog(warehouse.storage, await tempEngine(), 0, Date.now() + yearMs));
  return warehouse;
}

test.each([0, 2])(
  'an entry %i where the log was cleaned up is no commit, and leaves nothing behind',
  async (version) => {
    const { storage } = await cleanedWarehouse();

    expect(await commit(storage, version, [txnOf('late', 1)])).toEqual({ outcome: 'conflict', version });

    expect(await storage.stat(commitPath(version))).toBeUndefined();
  },
);

test('who stood still while the log went on and was cleaned up commits at its end', async () => {
  const warehouse = tempWarehouse({ checkpoint_commits: 4 });
  const engine = await tempEngine();
  warehouse.append('job-1/a.ndjson', linesOf([logLine()]));
  await compacted(warehouse, { engine });
  let isFirst = true;
  const standing: Storage = {
    ...warehouse.storage,
    create: async (path, content) => {
      if (isFirst) await logGoesOn(warehouse);
      isFirst = false;
      return warehouse.storage.create(path, content);
    },
  };

  const transaction = { operation: 'LATE', actionsOn: () => [txnOf('late', 1)] };
  expect((await transact(standing, engine, transaction, 5))?.version).toBe(6);

  expect((await loadSnapshot(warehouse.storage, engine)).txns.get('late')).toMatchObject({ version: 1 });
});

async function logGoesOn(warehouse: Warehouse): Promise<void> {
  for (const seq of [1, 2, 3, 4, 5]) {
    warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq })]));
    await compacted(warehouse);
  }
  await cleanLog(warehouse.storage, await expiredLog(warehouse.storage, await tempEngine(), 0, Date.now() + yearMs));
}
