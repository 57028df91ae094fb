import { expect, test } from 'vitest';
import { commit, loadSnapshot, type Storage, transact } from '../../src/lake/index.ts';
import { tempEngine, tempWarehouse } from '../make/warehouse.ts';
import { addOf, committed, txnOf } from './made-lake.ts';

test('of two commits to one version the second conflicts and changes nothing', async () => {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  await committed(storage, engine, [addOf('a')]);
  expect(await commit(storage, 1, [addOf('b')])).toEqual({ outcome: 'committed', version: 1 });
  expect(await commit(storage, 1, [addOf('c')])).toEqual({ outcome: 'conflict', version: 1 });
  const { files } = await loadSnapshot(storage, engine);
  expect([...files.keys()].map((path) => path.slice(-9))).toEqual(['a.parquet', 'b.parquet']);
});

test('a lost race asks again on the winner’s snapshot, where a taken stream leaves nothing to do', async () => {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  const first = await committed(storage, engine, [addOf('a')]);
  await committed(storage, engine, [addOf('winner'), txnOf('siltstone:s', 3)]);
  const seen: number[] = [];
  const transaction = {
    operation: 'TEST',
    actionsOn: (snapshot: { version: number; txns: ReadonlyMap<string, unknown> }) => {
      seen.push(snapshot.version);
      return snapshot.txns.has('siltstone:s') ? undefined : [addOf('loser'), txnOf('siltstone:s', 3)];
    },
  };
  // The race is lost between the load and the commit: the log as it was before the winner is shown once.
  const late: Storage = {
    ...storage,
    read: (path) => (path.endsWith('01.json') && seen.length === 0 ? Promise.resolve(undefined) : storage.read(path)),
  };
  expect(await transact(late, engine, transaction, 5, first)).toBeUndefined();
  expect(seen).toEqual([0, 1]);
  expect((await loadSnapshot(storage, engine)).version).toBe(1);
});

test('a commit that stands although its write failed is known as ours and not made twice', async () => {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  const failing: Storage = {
    ...storage,
    create: async (path, content) => {
      await storage.create(path, content);
      throw new Error('the answer was lost');
    },
  };
  const snapshot = await committed(failing, engine, [addOf('a')]);
  expect(snapshot?.version).toBe(0);
  expect((await loadSnapshot(storage, engine)).version).toBe(0);
});

test('a write that failed before anything stood is told as it is', async () => {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  const failing: Storage = { ...storage, create: () => Promise.reject(new Error('no space')) };
  await expect(committed(failing, engine, [addOf('a')])).rejects.toThrow('no space');
  expect((await loadSnapshot(storage, engine)).version).toBe(-1);
});
