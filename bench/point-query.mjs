/**
 * A query by job over 10,000 real data files: how many files DuckDB is given, and how long it takes, with the job known to
 * the reader and without.
 *
 *   npm run build && node bench/point-query.mjs [FILES]
 *
 * The result is printed and kept in bench/results/point-query.json.
 */
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../dist/engine.js';
import { lakeColumns } from '../dist/events/index.js';
import { openReader } from '../dist/query/index.js';
import { readSettings } from '../dist/settings.js';
import { metaData, protocol, writeEntry } from './lake-log.mjs';
import { keepResult, median } from './results.mjs';

const fileCount = Number(process.argv[2] ?? 10_000);
const jobOf = (i) => `job-${String(i).padStart(6, '0')}`;

const asked = 17;

/** One file a job, each with two plugin runs: that of the job that is asked for, and copies of one other under stats of their own. */
async function writeLake(warehouse) {
  const engine = await openEngine({ memoryBytes: 2 ** 30, threads: 0 });
  const nulls = lakeColumns.map(({ name, type }) => `null::${type} as "${name}"`).join(', ');
  const write = (file, job) =>
    engine.run(`copy (select * replace ('plugin.run' as event, date '2026-11-01' as "date", 's-${job}' as stream,
      '${job}' as job_id, range as seq, timestamptz '2026-11-01 10:00:00' as ts, 'ocr' as plugin, 'read' as tool,
      1.5 as duration_ms, true as success) from (select ${nulls}), range(2)) to '${file}' (format parquet)`);
  const folder = join(warehouse, 'events/event=plugin.run/date=2026-11-01');
  mkdirSync(folder, { recursive: true });
  const other = join(warehouse, 'other.parquet');
  await write(other, jobOf(0));
  const adds = [];
  for (let i = 0; i < fileCount; i += 1) {
    const name = `part-${randomUUID()}.parquet`;
    if (i === asked) await write(join(folder, name), jobOf(i));
    else copyFileSync(other, join(folder, name));
    const stats = { numRecords: 2, minValues: { job_id: jobOf(i) }, maxValues: { job_id: jobOf(i) }, nullCount: {} };
    const partitionValues = { event: 'plugin.run', date: '2026-11-01' };
    const path = `event=plugin.run/date=2026-11-01/${name}`;
    adds.push({
      add: { path, partitionValues, size: 1, modificationTime: 0, dataChange: true, stats: JSON.stringify(stats) },
    });
  }
  engine.close();
  writeEntry(warehouse, 0, [{ protocol }, { metaData }, ...adds]);
}

async function measure(reader, scope) {
  const sql = 'select count(*)::int as runs from plugin_metrics where job_id = $1';
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    const started = performance.now();
    const [row] = await reader.rows(sql, [jobOf(asked)], scope);
    times.push(performance.now() - started);
    if (row.runs !== 2) throw new Error(`${row.runs} runs were found`);
  }
  const plan = await reader.rows(
    `explain analyze select * from plugin_metrics where job_id = '${jobOf(asked)}'`,
    [],
    scope,
  );
  const filesRead = /Total Files Read: ([\d,]+)/.exec(JSON.stringify(plan))?.[1]?.replaceAll(',', '');
  return {
    ...(filesRead && { filesRead: Number(filesRead) }),
    coldMs: Math.round(times[0]),
    warmMs: Math.round(median(times.slice(1))),
  };
}

const warehouse = mkdtempSync(join(tmpdir(), 'siltstone-bench-'));
try {
  await writeLake(warehouse);
  mkdirSync(join(warehouse, 'inbox'), { recursive: true });
  const reader = await openReader(readSettings({ warehouse }, {}));
  await reader.rows('select 1');
  const withJob = await measure(reader, { jobId: jobOf(asked) });
  const without = await measure(reader, {});
  await reader.close();
  keepResult('point-query', {
    goal: 'a query by job opens only the files whose stats match',
    files: fileCount,
    loadAverage: Math.round(loadavg()[0]),
    withJob,
    without,
  });
} finally {
  rmSync(warehouse, { recursive: true, force: true });
}
