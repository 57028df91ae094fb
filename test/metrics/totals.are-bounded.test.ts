import { expect, test } from 'vitest';
import { neverBelow } from '../../src/metrics/never-below.ts';
import { oldestOf, pendingAfter } from '../../src/metrics/pending.ts';
import { addFound, type Found, noTotals, openMax, seriesMax, type Totals } from '../../src/metrics/totals.ts';
import { withZeros } from '../../src/metrics/zeros.ts';

const runs = 'siltstone_plugin_runs_total';

const found = (family: string, labels: readonly string[], value = 1, more: Partial<Found> = {}): Found => ({
  ...{ family, labels, value, buckets: null, at_us: null },
  ...more,
});

const hostile = (from: number, to: number): readonly Found[] =>
  Array.from({ length: to - from }, (_, i) => found(runs, [`plugin-${from + i}`, 'tool', 'ok']));

const seriesOf = ({ families }: Totals, family: string) => [...(families.get(family)?.values() ?? [])];

test('names beyond the limit are counted together, and nothing is lost', () => {
  const first = addFound(noTotals, hostile(0, 150));
  const totals = addFound(first, [...hostile(0, 5000), found(runs, ['z', 'tool', 'error'])]);

  expect(seriesOf(totals, runs).length).toBe(seriesMax + 2);
  expect(seriesOf(totals, runs).reduce((sum, { value }) => sum + value, 0)).toBe(5151);
  expect(totals.families.get(runs)?.get('["plugin-3","tool","ok"]')?.value).toBe(2);
  expect(totals.families.get(runs)?.get('["other","other","error"]')?.value).toBe(1);
});

test('a label holds no control character and no long text', () => {
  const totals = addFound(noTotals, [found(runs, [`a\nb\u0000"\\${'😀'.repeat(40)}`, '', 'ok'])]);

  const [{ labels: [plugin = ''] = [] } = {}] = seriesOf(totals, runs);
  expect(plugin.slice(0, 6)).toBe('a b "\\');
  expect(plugin.length).toBeLessThanOrEqual(64);
  expect(JSON.stringify(plugin)).not.toContain('\\ud');
});

test('jobs that never end are kept up to a limit, the latest ones', () => {
  const jobs = Array.from({ length: openMax + 5 }, (_, i) =>
    found('open', [`job-${i}`, 'p', 'running'], 0, { at_us: i }),
  );

  const { open } = addFound(noTotals, jobs);

  expect(open.size).toBe(openMax);
  expect(open.has('job-4')).toBe(false);
  expect(addFound({ families: new Map(), open }, [found('ended', ['job-9'])]).open.has('job-9')).toBe(false);
});

test('a gauge shows what was seen last, whatever comes after it', () => {
  const name = 'siltstone_job_last_success_timestamp_seconds';
  const totals = [20, 10, 30].reduce(
    (all, at) => addFound(all, [found(name, ['p'], at, { at_us: at })]),
    addFound(noTotals, [found(name, ['p'], 25, { at_us: 25 })]),
  );

  expect(seriesOf(totals, name).map(({ value }) => value)).toEqual([30]);
});

test('what was shown never falls, and a gauge may', () => {
  const name = 'siltstone_job_duration_seconds';
  const lastly = 'siltstone_job_last_success_timestamp_seconds';
  const before = addFound(noTotals, [
    found(runs, ['p', 't', 'ok'], 5),
    found(name, ['p'], 10, { buckets: [2, 1] }),
    found(lastly, ['p'], 9, { at_us: 9 }),
  ]);
  const after = addFound(noTotals, [found(name, ['p'], 4, { buckets: [1, 3] }), found(lastly, ['p'], 8, { at_us: 8 })]);

  const shown = neverBelow(before.families, after.families);

  expect(shown.get(runs)?.get('["p","t","ok"]')?.value).toBe(5);
  expect(shown.get(name)?.get('["p"]')).toMatchObject({ value: 10 });
  expect(shown.get(name)?.get('["p"]')?.buckets?.slice(0, 2)).toEqual([2, 3]);
  expect(shown.get(lastly)?.get('["p"]')?.value).toBe(8);
});

test('what can come stands at 0, and what has come stays', () => {
  const { families } = addFound(noTotals, [found('siltstone_jobs_total', ['done', 'p'], 3)]);

  const all = withZeros(families, ['p', 'q']).get('siltstone_jobs_total');

  expect([...(all?.values() ?? [])].map(({ labels, value }) => `${labels} ${value}`)).toEqual([
    ...['done,p 3', 'error,p 0', 'cancelled,p 0'],
    ...['done,q 0', 'error,q 0', 'cancelled,q 0'],
  ]);
});

test('what waits for compaction is as old as when it was noticed, until it is taken', () => {
  const hot = (from: number, to: number) => [found('pending', ['a'], to, { at_us: from })];
  const first = pendingAfter(new Map(), hot(0, 10), 1000);
  const grown = pendingAfter(first, hot(0, 20), 2000);
  const partly = pendingAfter(grown, hot(5, 30), 3000);
  const taken = pendingAfter(partly, hot(10, 40), 4000);

  expect([first, grown, partly, taken, pendingAfter(taken, [], 5000)].map(oldestOf)).toEqual([
    ...[1000, 1000, 1000, 4000],
    undefined,
  ]);
});
