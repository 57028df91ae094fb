import { expect, test } from 'vitest';
import { compacted } from '../make/warehouse.ts';
import { writeJob } from '../query/jobs.ts';
import { serving } from './serving.ts';

/** The families of a page, in their order. */
const familiesIn = (text: string): readonly string[] =>
  [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name);

/** A server with one job in the lake and one that is hot, once it has counted them. */
async function counted(given = {}) {
  const { warehouse, ask } = await serving({ metrics_refresh_ms: 20, ...given });
  writeJob(warehouse, 'job-1');
  await compacted(warehouse);
  writeJob(warehouse, 'job-2');
  const text = async (path: string) => (await ask(path)).text();
  await expect.poll(() => text('/metrics/job'), { timeout: 20_000 }).toMatch(/jobs_total\{.*"done".* 2$/m);
  return { ask, text };
}

test('each page tells its own, and /metrics tells all and how the server fares', async () => {
  const { text } = await counted();
  const pages = await Promise.all(['', '/job', '/plugin', '/device'].map((page) => text(`/metrics${page}`)));
  const [all = [], job = [], plugin = [], device = []] = pages.map(familiesIn);

  expect(job).toContain('siltstone_job_duration_seconds');
  expect(plugin).toContain('siltstone_plugin_runs_total');
  expect(device).toContain('siltstone_device_fallbacks_total');
  expect(new Set([...job, ...plugin, ...device]).size).toBe(job.length + plugin.length + device.length);
  const others = all.filter((name) => ![...job, ...plugin, ...device].includes(name));
  expect(others.filter((name) => !name.startsWith('siltstone_server_'))).toEqual([]);
  expect(others).toContain('siltstone_server_process_resident_memory_bytes');
});

test('numbers are in base units, and buckets count all that is not above their bound', async () => {
  const { text } = await counted();
  const lines = (await text('/metrics')).split('\n').filter((line) => line.startsWith('siltstone_job_duration'));

  expect(lines.slice(0, 5)).toEqual([
    'siltstone_job_duration_seconds_bucket{le="0.1",plugin="player-tracker"} 0',
    'siltstone_job_duration_seconds_bucket{le="0.5",plugin="player-tracker"} 0',
    'siltstone_job_duration_seconds_bucket{le="1",plugin="player-tracker"} 0',
    'siltstone_job_duration_seconds_bucket{le="2.5",plugin="player-tracker"} 2',
    'siltstone_job_duration_seconds_bucket{le="5",plugin="player-tracker"} 2',
  ]);
  expect(lines.slice(-2)).toEqual([
    'siltstone_job_duration_seconds_sum{plugin="player-tracker"} 2.469',
    'siltstone_job_duration_seconds_count{plugin="player-tracker"} 2',
  ]);
});

test('who prefers OpenMetrics gets it, and who takes anything gets plain text', async () => {
  const { ask } = await counted();
  const open = 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5';
  const [asked, refused, any] = await Promise.all(
    [open, 'text/plain, application/openmetrics-text;q=0', '*/*'].map((accept) =>
      ask('/metrics', { headers: { accept } }),
    ),
  );
  const text = (await asked?.text()) ?? '';

  expect(asked?.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  expect(text).toMatch(/# TYPE siltstone_jobs counter\n(.*\n)*siltstone_jobs_total\{/);
  expect(text.endsWith('# EOF\n')).toBe(true);
  expect([refused, any].map((one) => one?.headers.get('content-type'))).toEqual([
    'text/plain; version=0.0.4; charset=utf-8',
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  expect(await any?.text()).toContain('# TYPE siltstone_jobs_total counter');
});

test('with a token, metrics are for who may read', async () => {
  const { ask } = await serving({ serve_token: 'a-secret-of-this-test' });

  expect((await ask('/metrics')).status).toBe(401);
});
