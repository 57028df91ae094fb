import { expect, test } from 'vitest';
import { lineOf, logLine } from '../make/events.ts';
import { tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { siltstone } from './siltstone.ts';

test('doctor tells of the machine and of the warehouse, and ends with 0 where there are warnings at most', () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', `${lineOf(logLine())}not JSON\n`);

  const { exitCode, stdout } = siltstone(['doctor', '--warehouse', warehouse.path]);

  expect(stdout).toMatch(/^ok {7}node +Node \d+/m);
  expect(stdout).toMatch(/^ok {7}inference +onnxruntime runs on the CPU$/m);
  expect(stdout).toMatch(
    /^WARNING {2}events +lines that are no events: 1\n +→ `siltstone query "from rejected_lines"`/m,
  );
  expect(stdout).toMatch(/\n0 wrong, 1 warning\n$/);
  expect(exitCode).toBe(0);
});

test('doctor ends with 1 where something is wrong', () => {
  const { exitCode, stdout } = siltstone(['doctor', '--json'], { cwd: tempFolder() });

  expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ state: 'wrong', of: 'warehouse' }));
  expect(exitCode).toBe(1);
});

test('verify ends with 0 where all is as the log says, and shows a table and ends with 1 where it is not', () => {
  const { path, append } = tempWarehouse();
  append('job-1/a.ndjson', lineOf(logLine()));
  siltstone(['compact', '--warehouse', path]);

  const well = siltstone(['verify', '--warehouse', path]);
  append('../events/event=log/date=2026-11-23/orphan.parquet', 'x');
  append(
    '../events/_delta_log/00000000000000000001.json',
    '{"remove":{"path":"a","deletionTimestamp":1,"dataChange":true}}\n{"add":{"path":"gone","size":1,"modificationTime":1,"dataChange":true,"partitionValues":{}}}\n',
  );
  const ill = siltstone(['verify', '--warehouse', path]);

  expect(well.stdout).toMatch(/^version 0, 1 file, 1 row, .+ kB, 1 stream: all is as the log says\n$/);
  expect(well.exitCode).toBe(0);
  expect(ill.stdout).toMatch(/^of +problem\n─+ +─+\nevents\/gone +is missing\n/);
  expect(ill.stdout).toContain('orphan.parquet is in no log entry');
  expect(ill.stdout).toMatch(/: 1 problem\n$/);
  expect(ill.exitCode).toBe(1);
});

test('plugins and devices list what there is', () => {
  expect(siltstone(['plugins']).stdout).toMatch(/^player-tracker +\d+\.\d+\.\d+ +track detect/m);
  expect(JSON.parse(siltstone(['devices', '--json']).stdout)).toContainEqual({ provider: 'cpu', ok: true });
});
