import { expect, test } from 'vitest';
import { promote } from '../make/promotion.ts';
import { tempWarehouse } from '../make/warehouse.ts';
import { siltstone } from './siltstone.ts';

test('views lists the promoted kinds of a warehouse with what a row is', () => {
  const warehouse = tempWarehouse();
  promote(warehouse, { 'gpu.sample': { watts: 'DOUBLE' } });

  const { stdout, exitCode } = siltstone(['views', '--warehouse', warehouse.path]);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/gpu_sample +event of the kind gpu\.sample\n/);
});

test('views shows a promoted kind with its columns and its SQL', () => {
  const warehouse = tempWarehouse();
  promote(warehouse, { 'gpu.sample': { watts: 'DOUBLE' } });

  const { stdout } = siltstone(['views', 'gpu_sample', '--warehouse', warehouse.path]);

  expect(stdout).toMatch(/^gpu_sample: One row per event of the kind gpu\.sample\.\n/);
  expect(stdout).toMatch(/watts +DOUBLE\n/);
  expect(stdout).toContain('create or replace view "gpu_sample"');
});

test('a broken settings file ends a command with its place, the code and what to do', () => {
  const warehouse = tempWarehouse();
  promote(warehouse, { 'gpu.sample': { watts: 'REAL' } });

  const { stderr, exitCode } = siltstone(['query', 'from events', '--warehouse', warehouse.path]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('siltstone.json: kinds: gpu.sample: watts: ');
  expect(stderr).toContain('bad_setting');
  expect(stderr).toContain('docs/custom-kinds.md');
});
