import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJobEmitter } from '../../src/emitters/index.ts';
import { tempFolder } from '../make/warehouse.ts';
import { siltstone } from './siltstone.ts';

/** Two jobs, the later one with a box without a score. */
function makeJobs(): string {
  const warehouse = tempFolder();
  for (const jobId of ['earlier', 'later']) {
    const job = openJobEmitter({ warehouse, jobId, plugin: 'seer', strict: true });
    job.status({ device: 'cpu', status: 'running', input: 'match.mp4' });
    job.pluginRun({ tool: 'detect', frame_index: 0, duration_ms: 12.5, inference_ms: 10, success: true });
    job.detection({ tool: 'detect', frame_index: 0, label: 'ball', x1: 1, y1: 2, x2: 3, y2: 4 });
    job.status({ device: 'cpu', status: 'done', duration_ms: 100 });
    job.close();
  }
  return warehouse;
}

test('without a job the latest is told, in figures and tables', () => {
  const warehouse = makeJobs();
  const { exitCode, stdout } = siltstone(['report', '--warehouse', warehouse]);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^later: done\nseer over match\.mp4\n/);
  expect(stdout).toContain('  issues           0, 0 boxes that cannot be, 1 without a score');
  expect(stdout).toMatch(/^inference +1 +10\.00/m);
  expect(stdout).toMatch(/^earlier .+ done +cpu +1 +12\.50/m);
});

test('a page is written whole, and one that is there is replaced only by force', () => {
  const warehouse = makeJobs();
  const path = join(tempFolder(), 'all.html');
  const args = ['report', '--all', '--html', path, '--warehouse', warehouse];
  const first = siltstone(args);
  const second = siltstone(args);
  const third = siltstone([...args, '--force']);

  expect(first.stdout).toMatch(/all\.html: [\d.]+ kB\n$/);
  expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>[\s\S]+<\/html>\n$/);
  expect([first.exitCode, second.exitCode, third.exitCode]).toEqual([0, 2, 0]);
  expect(second.stderr).toContain('--force');
});

test('a job that nobody ran, and a job together with all, are refused with what to do', () => {
  const warehouse = makeJobs();
  const none = siltstone(['report', 'other', '--warehouse', warehouse]);
  const both = siltstone(['report', 'later', '--all', '--warehouse', warehouse]);

  expect([none.exitCode, both.exitCode]).toEqual([2, 2]);
  expect(none.stderr).toContain('there is no job other; `siltstone query "from job_metrics"` lists them');
  expect(both.stderr).toContain('give a job or --all, not both');
});

test('as JSON it has the rows of each table with their SQL', () => {
  const warehouse = makeJobs();
  const { stdout } = siltstone(['report', 'later', '--json', '--warehouse', warehouse]);
  const { verdict, sections } = JSON.parse(stdout) as {
    readonly verdict: string;
    readonly sections: readonly { readonly id: string; readonly parts: readonly { readonly sql: string }[] }[];
  };

  expect(verdict).toBe('done');
  expect(sections.find(({ id }) => id === 'latency')?.parts[0]?.sql).toContain("job_id = 'later'");
});
