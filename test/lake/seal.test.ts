import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commitPath, loadSnapshot } from '../../src/lake/index.ts';
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
