import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { tempFolder } from '../make/warehouse.ts';
import { queried, siltstone, start } from './siltstone.ts';

const frames = ['--frames', '5'];

test('the demo runs three jobs at once, compacts beside them, and shows what came of it', () => {
  const cwd = tempFolder();

  const { exitCode, stdout } = siltstone(['demo', ...frames], { cwd });

  const warehouse = join(cwd, 'warehouse');
  expect(exitCode).toBe(0);
  expect(queried(warehouse, 'select plugin, status from job_metrics order by plugin')).toEqual([
    { plugin: 'faulty', status: 'done' },
    { plugin: 'ocr', status: 'done' },
    { plugin: 'player-tracker', status: 'done' },
  ]);
  expect(queried(warehouse, 'select count(*) as frames, count_if(hot) as hot from plugin_runs')).toEqual([
    { frames: 15, hot: 0 },
  ]);
  expect(stdout.match(/^[A-Z][A-Z ]{6,}(?= {2}|$)/gm)?.map((heading) => heading.trim())).toEqual([
    'THE JOBS',
    'THE PLUGINS',
    'THE OVERLAY',
    'THE DEVICES',
    'THE DEVICE LEDGER',
    'THE ISSUES',
    'WHERE IT LIES',
    'TRY NEXT',
  ]);
  expect(stdout).toMatch(/-tracker: asked for gpu, ran on [cg]pu/);
  expect(stdout).toMatch(/^missing_score +2 +0 {2}the box has no score$/m);
  expect(existsSync(join(cwd, /picture +(\S+)/.exec(stdout)?.[1] ?? 'none'))).toBe(true);
  expect(existsSync(join(cwd, /video +(\S+)/.exec(stdout)?.[1] ?? 'none'))).toBe(true);
  const tables = stdout.slice(stdout.indexOf('THE JOBS'), stdout.indexOf('WHERE IT LIES'));
  expect(Math.max(...tables.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('a second demo on the same warehouse adds three jobs', () => {
  const warehouse = tempFolder();
  siltstone(['demo', ...frames, '--warehouse', warehouse]);

  const { exitCode, stdout } = siltstone(['demo', ...frames, '--warehouse', warehouse]);

  expect(exitCode).toBe(0);
  expect(stdout).toContain('and 3 jobs from before');
  expect(siltstone(['verify', '--warehouse', warehouse]).exitCode).toBe(0);
});

test('Ctrl-C ends the demo with its jobs, and what they did is kept', async () => {
  const warehouse = tempFolder();
  const demo = start(['demo', '--warehouse', warehouse]);
  await demo.says('tracker: 25%');

  demo.child.kill('SIGINT');

  expect(await demo.ended()).toBe(130);
  await wait(200);
  expect(
    queried(warehouse, "select count(*) as jobs from job_metrics where status = 'cancelled' and plugin <> 'faulty'"),
  ).toEqual([{ jobs: 2 }]);
  expect(siltstone(['verify', '--warehouse', warehouse]).exitCode).toBe(0);
});

test('the whole demo takes less than a minute, and the crash of its faulty plugin is no failure of it', () => {
  const warehouse = tempFolder();
  const began = performance.now();

  const { exitCode, stdout } = siltstone(['demo', '--warehouse', warehouse]);

  expect(performance.now() - began).toBeLessThan(60_000);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/-faulty, error: frame 40 of faulty: the command node ended with\nexit code 1: it crashes/);
  expect(queried(warehouse, 'select count(distinct code) as codes from output_issues')).toEqual([{ codes: 19 }]);
});
