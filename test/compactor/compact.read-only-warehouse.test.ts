import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const script = fileURLToPath(new URL('read-only-process.mjs', import.meta.url));
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const why = 'only root can become a user who may not write';

const lines = (from: number): string => linesOf([0, 1, 2].map((i) => logLine({ seq: from + i })));

/** What another user is told, who may read all and write nothing. */
function asNobody({ path }: Warehouse): unknown {
  execFileSync('chmod', ['-R', 'a+rX', path]);
  const result = spawnSync(process.execPath, [script, path, String(nobody)], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout);
}

test('who may not write reads compacted and hot lines alike, and a compaction is told why it cannot', async ({
  skip,
}) => {
  skip(!isRoot, why);
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lines(0));
  await compacted(warehouse);
  warehouse.append('job-1/a.ndjson', lines(3));

  expect(asNobody(warehouse)).toEqual({ events: 6, hot: 3, code: 'warehouse_not_writable' });
});

test('a warehouse that nothing was compacted in yet is readable too', ({ skip }) => {
  skip(!isRoot, why);
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lines(0));

  expect(asNobody(warehouse)).toEqual({ events: 3, hot: 3, code: 'warehouse_not_writable' });
});

test('a stream that may not be read is named', async ({ skip }) => {
  skip(!isRoot, why);
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lines(0));
  execFileSync('chmod', ['-R', 'a+rX', warehouse.path]);
  chmodSync(join(warehouse.path, 'inbox/job-1/a.ndjson'), 0o600);
  const { status, stderr } = spawnSync(process.execPath, [script, warehouse.path, String(nobody)], {
    encoding: 'utf8',
  });

  expect(status).toBe(1);
  expect(stderr).toContain("code: 'file_not_readable'");
  expect(stderr).toContain('inbox/job-1/a.ndjson');
});
