import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../make/warehouse.ts';
import { siltstone } from './siltstone.ts';

const script = `
mkdir -p warehouse/inbox/job-1
echo '{"event":"job.status","ts":"2026-11-23T14:05:00Z","plugin":"p","device":"cpu","status":"running"}' >> warehouse/inbox/job-1/x.ndjson
echo '{"event":"job.status","ts":"2026-11-23T14:05:02Z","plugin":"p","device":"cpu","status":"done","duration_ms":2000.4}' >> warehouse/inbox/job-1/x.ndjson
`;

test('a shell’s echo is an event at once, and compaction changes no answer', () => {
  const cwd = tempFolder();
  const query = ['query', 'select * from job_metrics', '--format', 'csv'];
  execFileSync('sh', ['-c', script], { cwd });

  const hot = siltstone(query, { cwd });
  const compaction = siltstone(['compact'], { cwd });
  const cold = siltstone(query, { cwd });

  expect(hot.stdout).toMatch(/,job-1,p,cpu,done,2000,2026-11-23T14:05:00.000000Z,2026-11-23T14:05:02.000000Z,\n$/);
  expect(compaction.stdout).toMatch(/^2 lines \(\d+ B\) compacted into 1 file \(.+\) by 1 commit in .+\n$/);
  expect(cold).toEqual(hot);
});

test('what emit takes can be queried without a compaction', () => {
  const cwd = tempFolder();
  const input = '{"event":"log","level":"info","message":"hello"}\n';

  siltstone(['emit', '--job', 'job-1'], { cwd, input });

  expect(siltstone(['query', 'select message from logs'], { cwd }).stdout).toBe('message\n───────\nhello\n');
});

test('compact says so where nothing is pending', () => {
  const cwd = tempFolder();
  execFileSync('sh', ['-c', script], { cwd });
  siltstone(['compact'], { cwd });

  expect(siltstone(['compact'], { cwd }).stdout).toBe('nothing was pending\n');
  expect(JSON.parse(siltstone(['compact', '--json'], { cwd }).stdout)).toMatchObject({ commits: 0, lines: 0 });
});

test('compact writes init.sql', () => {
  const cwd = tempFolder();
  execFileSync('sh', ['-c', script], { cwd });

  siltstone(['compact'], { cwd });

  const head = execFileSync('head', ['-1', join(cwd, 'warehouse/init.sql')], { encoding: 'utf8' });
  expect(head).toContain('Sets the views of a siltstone warehouse up in any DuckDB');
});

test('the warehouse is taken from the environment', () => {
  const cwd = tempFolder();
  execFileSync('sh', ['-c', script], { cwd });

  const { stdout } = siltstone(['query', 'select count(*) as jobs from job_metrics', '--format', 'csv'], {
    env: { SILTSTONE_WAREHOUSE: join(cwd, 'warehouse') },
  });

  expect(stdout).toBe('jobs\n1\n');
});
