import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitPath, loadSnapshot, writeCheckpoint } from '../../src/lake/index.ts';
import { tempEngine, tempWarehouse } from '../make/warehouse.ts';
import { addOf, committed } from './made-lake.ts';

async function lakeOf(commits: number) {
  const { storage, path } = tempWarehouse();
  const engine = await tempEngine();
  const entry = (version: number): string => join(path, commitPath(version));
  const commitMore = async (names: readonly string[]): Promise<void> => {
    for (const name of names) await committed(storage, engine, [addOf(name)]);
  };
  await commitMore(Array.from({ length: commits }, (_, i) => `f${i}`));
  return {
    storage,
    engine,
    entry,
    checkpoint: (version: number) => entry(version).replace('.json', '.checkpoint.parquet'),
    commitMore,
  };
}

test('an older checkpoint is no way back where the log behind it is gone', async () => {
  const { storage, engine, entry, checkpoint, commitMore } = await lakeOf(2);
  await writeCheckpoint(storage, engine, await loadSnapshot(storage, engine));
  await commitMore(['f2', 'f3']);
  await writeCheckpoint(storage, engine, await loadSnapshot(storage, engine));
  for (const version of [0, 1, 2, 3]) rmSync(entry(version));
  writeFileSync(checkpoint(3), 'PAR1 torn');

  // To go on at version 1 would write a second version 2.
  await expect(loadSnapshot(storage, engine)).rejects.toMatchObject({ code: 'lake_damaged' });
});

test('a checkpoint without the table’s schema is passed over', async () => {
  const { storage, engine, checkpoint } = await lakeOf(2);
  const whole = await loadSnapshot(storage, engine);
  await writeCheckpoint(storage, engine, whole);
  const rows = `select * from read_parquet('${checkpoint(1)}') where "add" is not null`;
  await engine.run(`create table rows as ${rows}`);
  await engine.run(`copy rows to '${checkpoint(1)}' (format parquet)`);

  expect(await loadSnapshot(storage, engine)).toEqual(whole);
});

test.each([
  ['no action', 'null\n'],
  ['a number', '7\n'],
])('a log entry that holds %s is damage', async (_, content) => {
  const { storage, engine, entry } = await lakeOf(2);
  writeFileSync(entry(1), content);

  await expect(loadSnapshot(storage, engine)).rejects.toMatchObject({ code: 'lake_damaged' });
});

test('a table whose first entry lost its schema is damage, not a table to begin anew', async () => {
  const { storage, engine, entry } = await lakeOf(2);
  writeFileSync(entry(0), '{"commitInfo":{"operation":"TEST"}}\n');

  await expect(loadSnapshot(storage, engine)).rejects.toMatchObject({ code: 'lake_damaged' });
  await expect(committed(storage, engine, [addOf('x')])).rejects.toMatchObject({ code: 'lake_damaged' });
});
