import { mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitPath } from '../../src/lake/index.ts';
import { lineOf, logLine } from '../make/events.ts';
import { tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { queried, siltstone } from './siltstone.ts';

test('repair tells what it would do and ends with 1, does it with --yes, and then has nothing to do', () => {
  const { path, append } = tempWarehouse();
  append('job-1/a.ndjson', lineOf(logLine()));
  siltstone(['compact', '--warehouse', path]);
  truncateSync(join(path, commitPath(0)), 50);

  const doctor = siltstone(['doctor', '--warehouse', path]);
  const told = siltstone(['repair', '--warehouse', path]);
  const done = siltstone(['repair', '--yes', '--warehouse', path]);
  const after = siltstone(['repair', '--json', '--warehouse', path]);

  expect(doctor.stdout).toContain('`siltstone repair`');
  expect(told.stdout).toMatch(
    /^1\. to mend: events\/_delta_log\/0+\.json\n {3}found {2}.+\n {3}proof {2}.+\n {3}does {3}/,
  );
  expect(told.stdout).toContain('Nothing was changed. `siltstone repair --yes` does it.');
  expect(told.exitCode).toBe(1);
  expect(done.stdout).toMatch(/\n1 thing mended\. Nothing is left to mend\.\n$/);
  expect(done.exitCode).toBe(0);
  expect(JSON.parse(after.stdout)).toEqual({ done: [], left: { fixes: [], hopeless: [], isPartial: false } });
  expect(queried(path, 'select count(*)::int as n from logs')).toEqual([{ n: 1 }]);
});

test('backup copies a warehouse, and refuses a folder of anything else', () => {
  const { path, append } = tempWarehouse();
  append('job-1/a.ndjson', lineOf(logLine()));
  siltstone(['compact', '--warehouse', path]);
  const folder = tempFolder();
  mkdirSync(join(folder, 'other/things'), { recursive: true });

  const done = siltstone(['backup', join(folder, 'copy'), '--warehouse', path]);
  const refused = siltstone(['backup', join(folder, 'other'), '--warehouse', path]);

  expect(done.stdout).toMatch(/^version 0, 1 file \(0 there already\), 1 stream, .+: complete and verified\n$/);
  expect(done.exitCode).toBe(0);
  expect(queried(join(folder, 'copy'), 'select count(*)::int as n from logs')).toEqual([{ n: 1 }]);
  expect(refused.stderr).toContain('code: backup_refused');
  expect(refused.exitCode).toBe(1);
});
