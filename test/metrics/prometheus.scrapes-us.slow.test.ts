import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { compacted, tempReader } from '../make/warehouse.ts';
import { writeJob } from '../query/jobs.ts';
import { serving } from '../server/serving.ts';
import { asked } from './asked.ts';
import { isMissing, missing, type Prometheus, startPrometheus } from './prometheus.ts';

const scrapedMs = 30_000;

test('Prometheus scrapes a server for half a minute, and its numbers are those of SQL', async ({ skip }) => {
  skip(isMissing, missing);
  const { url, warehouse } = await serving({ metrics_refresh_ms: 500 });
  const prometheus = await startPrometheus(url);
  const until = Date.now() + scrapedMs;
  const jobs = Array.from({ length: 40 }, (_, i) => `job-${i}`);
  for (const job of jobs) {
    writeJob(warehouse, job);
    if (Number(job.slice(4)) % 8 === 5) await compacted(warehouse);
    await sleep(Math.max(0, (until - Date.now()) / (jobs.length + 5 - Number(job.slice(4)))));
  }
  await sleep(Math.max(2000, until - Date.now()));
  const reader = await tempReader(warehouse);
  const [sql = {}] = await reader.rows(`select
    (select count(*)::int from job_metrics where status = 'done') as jobs,
    (select sum(duration_ms) / 1000.0 from job_status_changes where status = 'done')::double as job_seconds,
    (select count(*)::int from plugin_runs) as runs,
    (select sum(duration_ms) / 1000.0 from plugin_runs)::double as run_seconds,
    (select count(*)::int from plugin_runs where duration_ms <= 10) as runs_within_10ms,
    (select count(*)::int from overlay_frames) as frames,
    (select count(*)::int from detections) as detections,
    (select count(*)::int from device_decisions where fallback) as fallbacks,
    (select count(*)::int from events) as events`);
  const one = async (expr: string): Promise<number | undefined> => (await prometheus.query(expr))[0]?.value;

  expect({
    jobs: await one('sum(siltstone_jobs_total{status="done"})'),
    job_seconds: await one('sum(siltstone_job_duration_seconds_sum)'),
    runs: await one('sum(siltstone_plugin_runs_total)'),
    run_seconds: await one('sum(siltstone_plugin_run_duration_seconds_sum)'),
    runs_within_10ms: await one('sum(siltstone_plugin_run_duration_seconds_bucket{le="0.01"})'),
    frames: await one('sum(siltstone_overlay_frames_total)'),
    detections: await one('sum(siltstone_plugin_detections_total)'),
    fallbacks: await one('sum(siltstone_device_fallbacks_total)'),
    events: await one('sum(siltstone_events_total)'),
  }).toEqual({
    ...sql,
    job_seconds: expect.closeTo(Number(sql.job_seconds), 6),
    run_seconds: expect.closeTo(Number(sql.run_seconds), 6),
  });
  // Though lines went from hot to compacted while it was scraped.
  expect(await fallenCounters(prometheus)).toEqual([]);
  expect(await one('sum(increase(siltstone_jobs_total[1m]))')).toBeGreaterThan(20);
  expect(await one('count_over_time(up{job="siltstone"}[1m])')).toBeGreaterThan(20);
  expect(await one('min_over_time(up{job="siltstone"}[1m])')).toBe(1);
  expect(await one('siltstone:device_fallbacks:ratio_rate30m')).toBe(1);
  expect(await one('max_over_time(scrape_duration_seconds[1m])')).toBeLessThan(1);
  await expect(Promise.all(asked.map(({ expr }) => prometheus.query(runnable(expr))))).resolves.toHaveLength(
    asked.length,
  );
});

/** A panel's query as Grafana would send it: with what was chosen. */
function runnable(expr: string): string {
  const chosen = expr.replace(/\$__rate_interval|\$__range/g, '1m').replace(/\$\w+/g, '.*');
  return chosen.replace(/^label_values\((.*), (\w+)\)$/, 'group by ($2) ($1)');
}

/** The counters that Prometheus saw fall at any time. */
async function fallenCounters({ query }: Prometheus): Promise<readonly string[]> {
  const found = await query('group by (__name__) ({__name__=~"siltstone_.*(_total|_count|_sum|_bucket)"})');
  const all = found.map(({ metric }) => metric.__name__ ?? '');
  // Some gauges of Node end like counters.
  const names = all.filter((name) => !name.startsWith('siltstone_server_'));
  const resets = await Promise.all(names.map((name) => query(`sum(resets(${name}[5m])) > 0`)));
  return names.filter((_, i) => (resets[i]?.length ?? 0) > 0);
}
