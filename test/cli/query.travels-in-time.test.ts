import { expect, test } from 'vitest';
import { upkeep } from '../../src/compactor/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { siltstone } from './siltstone.ts';

const monthMs = 31 * 24 * 3_600_000;
const sql = 'select count(*)::int as events from events';

async function threeVersions(): Promise<Warehouse> {
  const warehouse = tempWarehouse({ checkpoint_commits: 2 });
  for (const seq of [0, 1, 2]) {
    warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq })]));
    await compacted(warehouse);
  }
  warehouse.append('job-1/a.ndjson', linesOf([logLine({ seq: 3 })]));
  return warehouse;
}

const query = ({ path }: Warehouse, ...options: readonly string[]) =>
  siltstone(['query', sql, '--json', '--warehouse', path, ...options]);

test('a version is what the lake held then, without hot lines', async () => {
  const warehouse = await threeVersions();

  expect(JSON.parse(query(warehouse).stdout)).toEqual([{ events: 4 }]);
  expect(JSON.parse(query(warehouse, '--version', '2').stdout)).toEqual([{ events: 3 }]);
  expect(JSON.parse(query(warehouse, '--version', '0').stdout)).toEqual([{ events: 1 }]);
});

test('so is a time: the newest version that was committed by then', async () => {
  const warehouse = await threeVersions();
  const now = new Date(Date.now() + 1000).toISOString();

  expect(JSON.parse(query(warehouse, '--as-of', now).stdout)).toEqual([{ events: 3 }]);
  expect(query(warehouse, '--as-of', '2026-11-01').stderr).toMatch(
    /no version that was committed by 2026-11-01T00.*version_gone/s,
  );
});

test('a version that is not there any more, or not yet, is an error that says so', async () => {
  const warehouse = await threeVersions();
  const bench = { ...warehouse, engine: await tempEngine() };
  await upkeep(bench, Date.now() + monthMs);

  expect(query(warehouse, '--version', '0')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('version_gone'),
  });
  expect(query(warehouse, '--version', '9')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('version 9'),
  });
  expect(JSON.parse(query(warehouse, '--version', '2').stdout)).toEqual([{ events: 3 }]);
});

test.each([
  ['--version', 'x'],
  ['--as-of', 'yesterday'],
  ['--version', '1', '--as-of', '2026-11-01'],
])('%s %s is wrong usage', async (...options) => {
  expect(query(await threeVersions(), ...options).exitCode).toBe(2);
});
