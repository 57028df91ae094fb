import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Action, loadSnapshot, watermarkTxns, writeCheckpoint } from '../../src/lake/index.ts';
import type { Reader } from '../../src/query/index.ts';
import { addOf, committed } from '../lake/made-lake.ts';
import { tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd é', 'e%20');
const change: fc.Arbitrary<readonly Action[]> = fc.oneof(
  fc.tuple(name, fc.nat()).map(([one, size]) => [{ add: { ...addOf(one).add, size } } as Action]),
  name.map((one) => [{ remove: { path: addOf(one).add?.path ?? '', dataChange: false } } as Action]),
  fc
    .tuple(name, fc.nat(), fc.nat())
    .map(([one, lines, takenAt]) => watermarkTxns(one, { lines, bytes: lines * 9, takenAt })),
);
const commits = fc.array(
  fc.record({ actions: fc.array(change, { minLength: 1, maxLength: 3 }), isSeen: fc.boolean(), isKept: fc.boolean() }),
  { minLength: 1, maxLength: 6 },
);

async function shown(reader: Reader): Promise<unknown> {
  return {
    files: await reader.rows('select * replace (replace(file, path, $1) as file) from lake_adds order by all', ['']),
    marks: await reader.rows('from watermarks order by all'),
    log: await reader.rows('select version, operation from lake_commits order by all'),
    chosen:
      await reader.rows(`select len(getvariable('lake_all_files')) as own, getvariable('lake_other_files') as others,
      getvariable('lake_files') as files`),
  };
}

test('a reader that saw any of the snapshots before shows what one that comes now shows', async () => {
  const engine = await tempEngine();
  await fc.assert(
    fc.asyncProperty(commits, async (all) => {
      const warehouse = tempWarehouse();
      const { storage } = warehouse;
      const old = await tempReader(warehouse);
      for (const { actions, isSeen, isKept } of all) {
        await committed(storage, engine, actions.flat());
        await (isKept ? writeCheckpoint(storage, engine, await loadSnapshot(storage, engine)) : undefined);
        await (isSeen ? shown(old) : undefined);
      }

      expect(await shown(old)).toEqual(await shown(await tempReader(warehouse)));
    }),
    { numRuns: 8 },
  );
});
