import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { contractTables } from '../../src/query/index.ts';
import { tempFolder } from '../make/warehouse.ts';
import { queried, siltstone, start } from './siltstone.ts';

const frames = ['--frames', '5'];

test('the demo runs three jobs, compacts beside them, and shows what came of it', () => {
  const cwd = tempFolder();

  const { exitCode, stdout } = siltstone(['demo', ...frames], { cwd });

  const warehouse = join(cwd, 'warehouse');
  expect(exitCode).toBe(0);
  expect(queried(warehouse, 'select status, count(*) as jobs from job_metrics group by all')).toEqual([
    { status: 'done', jobs: 3 },
  ]);
  expect(queried(warehouse, 'select count(*) as frames, count_if(hot) as hot from plugin_runs')).toEqual([
    { frames: 15, hot: 0 },
  ]);
  expect(stdout).toMatch(new RegExp(contractTables.map((name) => `\n${name}: one row per .+\n`).join('[\\s\\S]*')));
  expect(stdout).toMatch(/jobSummary\(\).*avgPluginDuration\(\).*overlayPerformance\('demo-.*deviceUsageStats\(\)/s);
  expect(stdout).toMatch(/asked for gpu, ran on [cg]pu/);
  expect(existsSync(join(cwd, /picture +(\S+)/.exec(stdout)?.[1] ?? 'none'))).toBe(true);
  const tables = stdout.slice(stdout.indexOf('THE FOUR TABLES'), stdout.indexOf('WHERE IT LIES'));
  expect(Math.max(...tables.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('a second demo on the same warehouse adds three jobs', () => {
  const warehouse = tempFolder();
  siltstone(['demo', ...frames, '--warehouse', warehouse]);

  const { exitCode, stdout } = siltstone(['demo', ...frames, '--warehouse', warehouse]);

  expect(exitCode).toBe(0);
  expect(stdout).toContain('job_metrics: one row per job, 6 rows in all');
  expect(siltstone(['verify', '--warehouse', warehouse]).exitCode).toBe(0);
});

test('Ctrl-C ends the demo with its jobs, and what they did is kept', async () => {
  const warehouse = tempFolder();
  const demo = start(['demo', '--warehouse', warehouse]);
  await demo.says('25%');

  demo.child.kill('SIGINT');

  expect(await demo.ended()).toBe(130);
  await wait(200);
  expect(queried(warehouse, "select count(*) as jobs from job_metrics where status = 'cancelled'")).toEqual([
    { jobs: 3 },
  ]);
  expect(siltstone(['verify', '--warehouse', warehouse]).exitCode).toBe(0);
});

test('the whole demo takes less than a minute', () => {
  const began = performance.now();

  const { exitCode } = siltstone(['demo', '--warehouse', tempFolder()]);

  expect(exitCode).toBe(0);
  expect(performance.now() - began).toBeLessThan(60_000);
});
