import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Action, commitPath, emptySnapshot, loadSnapshot, writeCheckpoint } from '../../src/lake/index.ts';
import { tempEngine, tempWarehouse } from '../make/warehouse.ts';
import { addOf, committed, txnOf } from './made-lake.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd é', 'e%20');
const added: fc.Arbitrary<Action> = name.map(addOf);
const removed: fc.Arbitrary<Action> = name.map((one) => {
  const { path, partitionValues, size } = addOf(one).add ?? { path: '', partitionValues: {}, size: 0 };
  return {
    remove: {
      path,
      partitionValues,
      size,
      deletionTimestamp: Date.now(),
      dataChange: false,
      extendedFileMetadata: true,
    },
  };
});
const taken: fc.Arbitrary<Action> = fc.tuple(name, fc.nat()).map(([one, lines]) => txnOf(`siltstone:${one}`, lines));
const commits = fc.array(fc.array(fc.oneof(added, removed, taken), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 8,
});

test('a snapshot is the same read at once, step by step, and from any checkpoint alone', async () => {
  const engine = await tempEngine();
  await fc.assert(
    fc.asyncProperty(commits, fc.nat(), async (all, at) => {
      const { storage, path } = tempWarehouse();
      let known = emptySnapshot;
      for (const [version, actions] of all.entries()) {
        await committed(storage, engine, actions, known);
        known = await loadSnapshot(storage, engine, known);
        if (version === at % all.length) await writeCheckpoint(storage, engine, known);
      }
      const whole = await loadSnapshot(storage, engine);
      expect(whole.files).toEqual(
        new Map([...known.files].map(([key, add]) => [key, { ...add, dataChange: whole.files.get(key)?.dataChange }])),
      );
      expect({ ...whole, files: 0 }).toEqual({ ...known, files: 0 });
      for (let version = 0; version <= at % all.length; version += 1) rmSync(join(path, commitPath(version)));
      expect(await loadSnapshot(storage, engine)).toEqual(whole);
    }),
    { numRuns: 25 },
  );
});
