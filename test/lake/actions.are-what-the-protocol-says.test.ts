import { expect, test } from 'vitest';
import { parseActions, readCheckpoint, writeCheckpoint } from '../../src/lake/index.ts';
import { tempEngine, tempWarehouse } from '../make/warehouse.ts';
import { addOf, committed, txnOf } from './made-lake.ts';

const add = addOf('a').add;
const { txn } = txnOf('siltstone:s', 3);

const parsed = (action: unknown) => parseActions(Buffer.from(JSON.stringify(action)), 'events/_delta_log/7.json');

test.each([
  ['an add without its path', { add: { ...add, path: undefined } }],
  ['an add without its partition', { add: { ...add, partitionValues: undefined } }],
  ['an add whose size is a text', { add: { ...add, size: '1' } }],
  ['an add whose stats are no text', { add: { ...add, stats: {} } }],
  ['a path that leaves the table', { add: { ...add, path: 'event=log/../../../etc/passwd' } }],
  ['a path that leaves the table in code', { add: { ...add, path: 'event=log/%2e%2e/x.parquet' } }],
  ['a path that cannot be decoded', { add: { ...add, path: 'event=log/%zz.parquet' } }],
  ['a watermark that is no whole number', { txn: { ...txn, version: 1.5 } }],
  ['a watermark without its stream', { txn: { ...txn, appId: undefined } }],
  ['a removal without its path', { remove: { dataChange: true } }],
  ['a protocol without numbers', { protocol: {} }],
  ['a schema that is missing', { metaData: { id: 'x', format: {}, partitionColumns: [] } }],
  ['an action that is a list', { add: [] }],
  ['a list of actions', [{ add }]],
])('%s is damage', (_, action) => {
  expect(() => parsed(action)).toThrow(expect.objectContaining({ code: 'lake_damaged' }));
});

test.each([
  ['fields that nobody knows', { add: { ...add, deletionVector: null, clusteringProvider: 'x' } }],
  ['actions that nobody knows', { domainMetadata: { domain: 'x' }, constructor: {} }],
  ['what the protocol leaves open', { txn: { appId: 'spark', version: 1 } }],
  ['a removal as the oldest writers make it', { remove: { path: 'x.parquet', dataChange: true } }],
])('%s are read', (_, action) => {
  expect(parsed(action)).toEqual([JSON.parse(JSON.stringify(action))]);
});

test('a checkpoint whose rows lack what they stand for is damage', async () => {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  const snapshot = await committed(storage, engine, [addOf('a'), addOf('b'), txnOf('siltstone:s', 3)]);
  const files = new Map([...(snapshot?.files ?? [])].map(([path, one]) => [path, { ...one, path: null as never }]));
  await writeCheckpoint(storage, engine, { ...snapshot, files } as never);

  await expect(readCheckpoint(storage, engine, 0)).rejects.toMatchObject({ code: 'lake_damaged' });
});

test('a checkpoint without the fields that another writer leaves out is read', async () => {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  const snapshot = await committed(storage, engine, [addOf('a'), txnOf('siltstone:s', 3)]);
  await writeCheckpoint(storage, engine, snapshot as never);
  const file = storage.locate('events/_delta_log/00000000000000000000.checkpoint.parquet');
  const whole = await readCheckpoint(storage, engine, 0);
  await engine.run(`create table rows as select * exclude (add), case when "add" is not null then {path: "add".path,
    partitionValues: "add".partitionValues, size: "add".size, modificationTime: "add".modificationTime,
    dataChange: "add".dataChange, defaultRowCommitVersion: 7} end as "add" from '${file}'`);
  await engine.run(`copy rows to '${file}' (format parquet)`);

  const found = await readCheckpoint(storage, engine, 0);
  const { stats, ...others } = whole.find((action) => action.add)?.add ?? {};
  expect(stats).toBe('{"numRecords":1}');
  expect(found.find((action) => action.add)?.add).toEqual(others);
});
