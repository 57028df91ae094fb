import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorTable } from '../../src/errors.ts';
import { tempFolder } from '../make/warehouse.ts';
import { siltstone } from './siltstone.ts';

test.each([
  { args: ['query', 'from job_metrics'], code: 'warehouse_missing' },
  { args: ['tail'], code: 'warehouse_missing' },
  { args: ['compact'], code: 'warehouse_missing' },
  { args: ['verify'], code: 'warehouse_missing' },
  { args: ['export', '--out', 'out'], code: 'warehouse_missing' },
  { args: ['emit', '--job', 'job-1', 'no-such-file.ndjson'], code: 'file_not_readable' },
  { args: ['run', 'player-tracker', 'no-such-clip.mp4'], code: 'file_not_readable' },
  { args: ['run', 'player-tracker', 'clip.txt'], code: 'media_unreadable' },
  { args: ['watch', '--warehouse', 'clip.txt'], code: 'warehouse_not_writable' },
  { args: ['emit', '--job', 'job-1', 'event.ndjson', '--warehouse', 'clip.txt'], code: 'warehouse_not_writable' },
] as const)('siltstone $args fails with $code, and says what to do', ({ args, code }) => {
  const cwd = tempFolder();
  writeFileSync(join(cwd, 'clip.txt'), 'no clip at all');
  writeFileSync(join(cwd, 'event.ndjson'), '{"event":"log","level":"info","message":"m"}\n');

  const { exitCode, stderr } = siltstone(args, { cwd });

  expect(stderr).toMatch(/^error: .+/m);
  expect(stderr).toContain(` code: ${code}\n`);
  expect(stderr).toContain(`   do: ${errorTable[code]}\n`);
  expect(exitCode).toBe(1);
});

test('SQL that DuckDB refuses is told in its words, with the place', () => {
  const cwd = tempFolder();

  const { exitCode, stderr } = siltstone(['query', 'from job_metric', '--warehouse', cwd]);

  expect(stderr).toContain('Table with name job_metric does not exist');
  expect(stderr).toContain('Did you mean "job_metrics"?');
  expect(stderr).toContain('code: engine_failed');
  expect(exitCode).toBe(1);
});

test.each(['create table t as select 1', 'select 1; select 2', "copy (select 1) to '/dev/null'", 'set threads = 1'])(
  'siltstone query only reads: %s',
  (sql) => {
    const { exitCode, stderr } = siltstone(['query', sql, '--warehouse', tempFolder()]);

    expect(stderr).toContain('Parser Error');
    expect(exitCode).toBe(1);
  },
);
