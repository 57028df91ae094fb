import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkpointPath, commitPath, loadSnapshot, readCheckpoint, writeCheckpoint } from '../../src/lake/index.ts';
import { tempEngine, tempWarehouse } from '../make/warehouse.ts';
import { addOf, committed, txnOf } from './made-lake.ts';

test.each([
  ['a watermark with another digit', '"version":31', '"version":37'],
  ['a bound with another letter', 'job-1', 'job-9'],
  ['a line less', '{"add"', '{"ads"'],
  ['another operation', '"TEST"', '"TEXT"'],
])('an entry with %s is damage', async (_, before, after) => {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  const add = { ...addOf('a').add, stats: '{"numRecords":1,"minValues":{"job_id":"job-1"}}' } as never;
  await committed(storage, engine, [{ add }, txnOf('siltstone:s', 31)]);
  const entry = storage.locate(commitPath(0));
  const text = readFileSync(entry, 'utf8');
  writeFileSync(entry, text.replace(before, after));

  expect(text.replace(before, after)).not.toBe(text);
  await expect(loadSnapshot(storage, engine)).rejects.toMatchObject({ code: 'lake_damaged' });
});

test('an entry without a seal is read: other engines set none', async () => {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  await committed(storage, engine, [addOf('a')]);
  writeFileSync(storage.locate(commitPath(1)), `${JSON.stringify(addOf('b'))}\n`);

  expect((await loadSnapshot(storage, engine)).files.size).toBe(2);
});

test.each([0.1, 0.3, 0.5, 0.7, 0.9])('a checkpoint with another byte at %f of its length is damage', async (share) => {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  await committed(storage, engine, [addOf('a'), txnOf('siltstone:s', 31)]);
  await writeCheckpoint(storage, engine, await loadSnapshot(storage, engine));
  const file = storage.locate(checkpointPath(0));
  const bytes = readFileSync(file);
  const at = Math.floor(bytes.length * share);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(file, bytes);

  await expect(readCheckpoint(storage, engine, 0)).rejects.toMatchObject({ code: 'lake_damaged' });
});

test('a checkpoint without a seal is read: other engines set none', async () => {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  await committed(storage, engine, [addOf('a')]);
  await writeCheckpoint(storage, engine, await loadSnapshot(storage, engine));
  const file = storage.locate(checkpointPath(0));
  await engine.run(`copy (from read_parquet('${file}')) to '${file}.other' (format parquet)`);
  renameSync(`${file}.other`, file);

  expect(await readCheckpoint(storage, engine, 0)).not.toEqual([]);
});
