import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitPath, loadSnapshot, writeCheckpoint } from '../../src/lake/index.ts';
import { tempEngine, tempWarehouse } from '../make/warehouse.ts';
import { addOf, committed } from './made-lake.ts';

async function lakeOf(commits: number) {
  const { storage, path } = tempWarehouse();
  const engine = await tempEngine();
  for (let i = 0; i < commits; i += 1) await committed(storage, engine, [addOf(`f${i}`)]);
  return { storage, engine, entry: (version: number) => join(path, commitPath(version)) };
}

test.each([
  ['empty', ''],
  ['torn', '{"add":{"path":"x'],
])('an %s log entry is damage that names the entry', async (_, content) => {
  const { storage, engine, entry } = await lakeOf(3);
  writeFileSync(entry(1), content);
  await expect(loadSnapshot(storage, engine)).rejects.toMatchObject({
    code: 'lake_damaged',
    message: expect.stringContaining('00000000000000000001.json'),
  });
});

test('a missing log entry with later ones behind it is damage, not the end of the log', async () => {
  const { storage, engine, entry } = await lakeOf(4);
  rmSync(entry(2));
  await expect(loadSnapshot(storage, engine)).rejects.toMatchObject({ code: 'lake_damaged' });
});

test('a protocol beyond ours is refused with what it asks for', async () => {
  const { storage, engine, entry } = await lakeOf(1);
  writeFileSync(entry(1), '{"protocol":{"minReaderVersion":3,"minWriterVersion":7}}\n');
  await expect(loadSnapshot(storage, engine)).rejects.toMatchObject({
    code: 'lake_too_new',
    message: expect.stringContaining('reader 3, writer 7'),
  });
});

test('a broken checkpoint costs nothing while the log is whole', async () => {
  const { storage, engine, entry } = await lakeOf(3);
  const whole = await loadSnapshot(storage, engine);
  await writeCheckpoint(storage, engine, whole);
  writeFileSync(entry(2).replace('.json', '.checkpoint.parquet'), 'PAR1 torn');
  expect(await loadSnapshot(storage, engine)).toEqual(whole);

  rmSync(entry(0));
  await expect(loadSnapshot(storage, engine)).rejects.toMatchObject({ code: 'lake_damaged' });
});

test.each([
  ['stale', '{"version":0,"size":1}'],
  ['empty', ''],
  ['missing', undefined],
])('a %s _last_checkpoint is only a hint', async (_, hint) => {
  const { storage, engine, entry } = await lakeOf(3);
  const whole = await loadSnapshot(storage, engine);
  await writeCheckpoint(storage, engine, whole);
  const path = join(entry(0), '../_last_checkpoint');
  if (hint === undefined) rmSync(path);
  else writeFileSync(path, hint);
  const found = await loadSnapshot(storage, engine);
  expect([found.version, [...found.files.keys()]]).toEqual([2, [...whole.files.keys()]]);
});
