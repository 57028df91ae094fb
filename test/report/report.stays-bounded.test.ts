import { expect, test } from 'vitest';
import { lakeReport, pageOf } from '../../src/report/index.ts';
import { tempReader, tempWarehouse } from '../make/warehouse.ts';

const jobCount = 3000;

/** Each job has a plugin, a reason, a message and a kind of its own: what is grouped by them has as many groups as jobs. */
function linesOfJob(n: number): string {
  const plugin = `plugin ${n}`;
  const of = { plugin, tool: 'detect', frame_index: 0 };
  const fields = [
    { event: 'job.status', plugin, device: 'gpu', status: 'running' },
    { event: 'device.usage', device_requested: 'gpu', device_used: 'cpu', fallback: true, reason: `reason ${n}` },
    { event: 'plugin.run', ...of, duration_ms: n % 50, success: true },
    { event: 'detection', ...of, label: `label ${n}`, x1: 9, y1: 9, x2: 1, y2: 1 },
    { event: 'output.issue', ...of, code: `code_${n}`, path: '$', message: 'm'.repeat(1000) },
    { event: 'job.status', plugin, device: 'cpu', status: 'error', error_message: `failed ${n}` },
  ];
  const ts = new Date(1_767_225_600_000 + n * 60_000).toISOString();
  return fields.map((own, seq) => `${JSON.stringify({ ...own, job_id: `job-${n}`, ts, seq: n * 6 + seq })}\n`).join('');
}

test('the page of thousands of jobs that have nothing in common is no longer than others', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('all/a.ndjson', Array.from({ length: jobCount }, (_, n) => linesOfJob(n)).join(''));
  const report = await lakeReport(await tempReader(warehouse), warehouse.path);
  const page = pageOf(report, { madeAt: new Date(), version: '0.1.0' });
  const rowCounts = report.sections.flatMap(({ parts }) => parts.map(({ asked }) => asked.rows.length));

  expect(report.facts[0]).toMatchObject({ label: 'jobs', value: '3,000' });
  expect(Math.max(...rowCounts)).toBeLessThanOrEqual(60);
  expect(page.length).toBeLessThan(250_000);
});
