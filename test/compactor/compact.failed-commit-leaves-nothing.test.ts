import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SiltstoneError } from '../../src/errors.ts';
import { logFolder, type Storage } from '../../src/lake/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const filesOf = (warehouse: Warehouse): readonly string[] =>
  readdirSync(join(warehouse.path, 'events'), { recursive: true })
    .map(String)
    .filter((path) => /\.parquet$|_scratch\/./.test(path));

const isLog = (path: string): boolean => path.startsWith(logFolder);

function filledWarehouse(): Warehouse {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', linesOf([logLine(), logLine({ seq: 1 })]));
  return warehouse;
}

const count = 'select count(*)::int as events, sum(hot::int)::int as hot from events';

test.each(['disk_full', 'warehouse_not_writable'] as const)(
  'a commit that failed with %s leaves no file behind, and the next one takes its lines',
  async (code) => {
    const warehouse = filledWarehouse();
    const failing: Storage = {
      ...warehouse.storage,
      create: (path, content) =>
        isLog(path) ? Promise.reject(new SiltstoneError(code, 'no')) : warehouse.storage.create(path, content),
    };
    await expect(compacted(warehouse, { storage: failing })).rejects.toMatchObject({ code });

    expect(filesOf(warehouse)).toEqual([]);
    const reader = await tempReader(warehouse);
    expect(await reader.rows(count)).toEqual([{ events: 2, hot: 2 }]);
    await compacted(warehouse);
    expect(await reader.rows(count)).toEqual([{ events: 2, hot: 0 }]);
  },
);

test('a data file that could not be published takes those before it along', async () => {
  const warehouse = filledWarehouse();
  warehouse.append('job-1/b.ndjson', linesOf([{ ...logLine(), event: 'other.kind' }]));
  const failing: Storage = {
    ...warehouse.storage,
    publish: async (moves) => {
      await warehouse.storage.publish(moves.slice(0, 1));
      throw new SiltstoneError('disk_full', 'no');
    },
  };
  await expect(compacted(warehouse, { storage: failing })).rejects.toMatchObject({ code: 'disk_full' });

  expect(filesOf(warehouse)).toEqual([]);
});

test('where nobody can tell whether the commit stands, its files stay', async () => {
  const warehouse = filledWarehouse();
  let isBroken = false;
  const failing: Storage = {
    ...warehouse.storage,
    create: async (path, content) => {
      const outcome = await warehouse.storage.create(path, content);
      isBroken = isLog(path);
      if (isBroken) throw new Error('the answer was lost');
      return outcome;
    },
    read: (path) => (isBroken ? Promise.reject(new Error('and the log too')) : warehouse.storage.read(path)),
  };
  await expect(compacted(warehouse, { storage: failing })).rejects.toMatchObject({ code: 'commit_outcome_unknown' });

  expect(filesOf(warehouse)).toHaveLength(1);
  const reader = await tempReader(warehouse);
  expect(await reader.rows(count)).toEqual([{ events: 2, hot: 0 }]);
});
