import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeInitSql } from '../../src/query/index.ts';
import { compacted, tempEngine, tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { writeJob } from '../query/jobs.ts';

/** The mode of each thing in a warehouse that emitters, compactor and init.sql made under a umask, by its path. */
async function modesUnder(umask: number): Promise<ReadonlyMap<string, number>> {
  const before = process.umask(umask);
  onTestFinished(() => void process.umask(before));
  const warehouse = tempWarehouse({ checkpoint_commits: 1 }, join(tempFolder(), 'warehouse'));
  writeJob(warehouse, 'job-1');
  await compacted(warehouse);
  writeJob(warehouse, 'job-2');
  await compacted(warehouse);
  await writeInitSql(warehouse.storage, await tempEngine());
  const entries = readdirSync(warehouse.path, { recursive: true }).map(String);
  return new Map(['', ...entries].map((path) => [path, statSync(join(warehouse.path, path)).mode & 0o777]));
}

test('whatever the umask, nobody but the owner and the group gets into a warehouse', async () => {
  const modes = await modesUnder(0);

  // DuckDB makes Parquet files by the umask alone; who cannot enter their folders cannot reach them.
  const open = [...modes].filter(([path, mode]) => (mode & 0o007) !== 0 && !path.endsWith('.parquet'));
  expect(open).toEqual([]);
  expect(modes.get('inbox/job-1')).toBe(0o770);
  expect(modes.get('events/_delta_log/00000000000000000000.json')).toBe(0o660);
});

test('a umask that shuts the group out is kept', async () => {
  const modes = await modesUnder(0o077);

  expect([...modes].filter(([, mode]) => (mode & 0o077) !== 0)).toEqual([]);
});
