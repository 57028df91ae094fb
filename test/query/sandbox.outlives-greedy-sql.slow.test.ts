import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { writeJob } from './jobs.ts';
import { askedText, outcomeOf, question, tempSandbox } from './sandbox.ts';

const timeoutMs = 700;

/** Statements that would take for ever, or all memory. */
const greedy = [
  'select count(*) from range(1000000000000000000)',
  'select count(*) from range(10000000) a, range(10000000) b, range(10000000) c',
  'select max(a.range + b.range * c.range) from range(100000) a, range(100000) b, range(100000) c',
  'with recursive r as (select 1 as x union all select x + 1 from r) select count(*) from r',
  'with recursive r as (select 1 as x union all select x from r) select max(x) from r',
  `select length(repeat('x', 1000000000))`,
  `select sum(length(repeat('x', 100000000 + range::int))) from range(2000)`,
  `select repeat('x', 3000000 + range::int) from range(2000)`,
  'select range(1000000000000000000)',
  'select list_sum(range(2000000000))',
  'select list(range) from range(1000000000)',
  `select string_agg(repeat('x', 1000), '') from range(100000000)`,
  'select range, md5(range::varchar) from range(100000000) order by 2 desc',
  'select distinct md5(range::varchar) from range(100000000)',
  `select count(*) from range(100000000) where regexp_matches(repeat('a', 5000) || range, '(a*)*(a|a)*b{1,500}$')`,
  `select regexp_replace(repeat('a', 50000000), '(a?){500}(a){500}', 'b', 'g')`,
  `select count(*) from range(1000000) a, range(1000000) b where levenshtein(repeat('a', 500) || a.range, repeat('b', 500) || b.range) < 3`,
  `select lpad('x', 2000000000, 'y')`,
  `select printf('%1000000000d', 1)`,
  'select 2 ** range, factorial(20) from range(1000000000) order by random()',
];

test('none outlasts its deadline by much or eats the memory, each is told by a code, and others are answered', {
  timeout: 120_000,
}, async () => {
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  const sandbox = tempSandbox(warehouse, { timeoutMs, rowsMax: 1_000_000, bytesMax: 1_000_000, workerCount: 2 });
  await Promise.all([askedText(sandbox, 'select 1'), askedText(sandbox, 'select 2')]);

  const slow = Promise.all(
    greedy.map(async (sql) => {
      const outcome = await outcomeOf(sandbox, sql);
      return ['query_timeout', 'query_too_large', 'engine_failed'].includes(outcome) ? 'told' : [sql, outcome];
    }),
  );
  const startedAt = performance.now();
  const outcomes = await slow;
  const tookMs = performance.now() - startedAt;

  expect(outcomes).toEqual(greedy.map(() => 'told'));
  expect(tookMs).toBeLessThan((greedy.length * (timeoutMs + 3000)) / 2);
  expect(await outcomeOf(sandbox, 'select count(*) from job_metrics')).toContain('"rows":[["1"]]');
});

test('while one statement holds a process, another is answered', async () => {
  const sandbox = tempSandbox(tempWarehouse(), { timeoutMs: 5_000 });
  await Promise.all([askedText(sandbox, 'select 1'), askedText(sandbox, 'select 2')]);
  const slow = outcomeOf(sandbox, greedy[0] ?? '').then(() => 'slow');
  const quick = outcomeOf(sandbox, 'select 3').then(() => 'quick');

  expect(await Promise.race([slow, quick])).toBe('quick');
  expect(await slow).toBe('slow');
});

test('a statement that nobody waits for any more is stopped, and its process answers on, after its deadline too', async () => {
  const deadlineMs = 1_000;
  const sandbox = tempSandbox(tempWarehouse(), { timeoutMs: deadlineMs, workerCount: 1 });
  await askedText(sandbox, 'select 1');
  const leaving = new AbortController();
  const asked = sandbox.ask(question(greedy[0] ?? ''), leaving.signal);
  await setTimeout(200);
  leaving.abort();

  await expect(asked).rejects.toMatchObject({ code: 'query_timeout' });
  expect(await outcomeOf(sandbox, 'select 3')).toContain('"rows":[[3]]');
  await setTimeout(deadlineMs);
  expect(await outcomeOf(sandbox, 'select max(range * 7 % 11) as most from range(50000000)')).toContain(
    '"rows":[["10"]]',
  );
});

test('more statements than may wait are refused at once, and those that wait are answered', async () => {
  const sandbox = tempSandbox(tempWarehouse(), { workerCount: 1, queueMax: 2 });
  const outcomes = await Promise.all([1, 2, 3, 4, 5].map((i) => outcomeOf(sandbox, `select ${i}`)));

  expect(outcomes.slice(3)).toEqual(['queue_full', 'queue_full']);
  expect(outcomes.slice(0, 3).join()).toMatch(/"rows":\[\[1\]\].*"rows":\[\[2\]\].*"rows":\[\[3\]\]/);
});

test('a sandbox that is closed ends its processes, whatever they do, and leaves no file', async () => {
  const warehouse = tempWarehouse();
  const temporary = tempFolder();
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  const sandbox = tempSandbox(warehouse, { timeoutMs: 60_000, workerCount: 1 });
  await askedText(sandbox, 'select 1', { format: 'csv' });
  const asked = outcomeOf(sandbox, greedy[0] ?? '');
  const waiting = outcomeOf(sandbox, 'select 1');
  await sandbox.close();

  expect([await asked, await waiting]).toEqual(['query_timeout', 'closed']);
  expect(await outcomeOf(sandbox, 'select 1')).toBe('closed');
  expect(readdirSync(temporary)).toEqual([]);
});
