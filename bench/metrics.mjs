/**
 * What /metrics costs over a small lake and over a hundred million events: the first count, a refresh where nothing changed and one
 * after a commit, a restart, and a scrape. The lakes have few big files with the columns that are counted, made by DuckDB.
 *
 *   npm run build && node bench/metrics.mjs [EVENTS]
 *
 * The result is printed and kept in bench/results/metrics.json.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compact } from '../dist/compactor/index.js';
import { openEngine } from '../dist/engine.js';
import { openMetricsWriter } from '../dist/index.js';
import { openLocalStorage } from '../dist/lake/index.js';
import { openMetrics } from '../dist/metrics/index.js';
import { readSettings } from '../dist/settings.js';
import { metaData, protocol, writeEntry } from './lake-log.mjs';
import { keepResult, median, peakRssMiB } from './results.mjs';

const self = fileURLToPath(import.meta.url);
const days = 10;
const eventsPerJob = 4000;

/** Of the `i`-th event of a job: a tracker that finds six boxes a frame. */
const base = `'job-' || lpad(cast(i // per as varchar), 8, '0') as job_id, 'stream-' || i // per as stream, i as seq,
  timestamptz '2026-11-01 00:00:00+00' + to_milliseconds(i) as ts`;
const kinds = {
  'job.status': {
    perJob: 2,
    columns: `['player-tracker', 'ocr', 'yolo'][i // per % 3 + 1] as plugin, if(i % per = 0, 'running', 'done') as status,
      'cpu' as device, if(i % per = 0, null, hash(i) % 900000 / 10.0) as duration_ms`,
  },
  'device.usage': {
    perJob: 1,
    columns: `'gpu' as device_requested, 'cpu' as device_used, true as fallback, 'cuda: none' as reason`,
  },
  'plugin.run': {
    perJob: 500,
    columns: `['player-tracker', 'ocr', 'yolo'][i // per % 3 + 1] as plugin, 'track' as tool, true as success, i % per as frame_index,
      hash(i) % 30000 / 1000.0 as duration_ms, 0.5 as preprocess_ms, hash(i) % 20000 / 1000.0 as inference_ms, 2.5 as postprocess_ms,
      '{"decode_ms":' || hash(i) % 9 || '.25,"normalise_ms":0.125,"track_ms":0.25}' as attrs`,
  },
  'overlay.frame': {
    perJob: 500,
    columns: `i % per as frame_index, hash(i) % 8000 / 1000.0 as render_time_ms, 0 as dropped_frames, 25.0 as fps, 'server' as surface`,
  },
  detection: {
    perJob: eventsPerJob - 1003,
    columns: `['player-tracker', 'ocr', 'yolo'][i // per % 3 + 1] as plugin, 'track' as tool, 'player' as label, i % 500 as frame_index`,
  },
};

/** @returns the bytes of its files */
async function makeLake(warehouse, events) {
  const engine = await openEngine({ memoryBytes: 2 ** 30, threads: 0 });
  const jobs = Math.ceil(events / eventsPerJob / days);
  const adds = [];
  for (let day = 0; day < days; day += 1) {
    for (const [event, { perJob, columns }] of Object.entries(kinds))
      adds.push(await makeFile({ event, perJob, columns, day }));
  }
  engine.close();
  writeEntry(warehouse, 0, [{ protocol }, { metaData }, ...adds.map((add) => ({ add }))]);
  return adds.reduce((sum, { size }) => sum + size, 0);

  async function makeFile({ event, perJob, columns, day }) {
    const date = `2026-11-${String(day + 1).padStart(2, '0')}`;
    const path = `event=${event}/date=${date}/part-${randomUUID()}.parquet`;
    const file = join(warehouse, 'events', path);
    mkdirSync(dirname(file), { recursive: true });
    const rows = `from (select range as i, ${perJob} as per from range(${day * jobs * perJob}, ${(day + 1) * jobs * perJob}))`;
    await engine.run(`copy (select '${event}' as event, date '${date}' as "date", ${base}, ${columns} ${rows})
      to '${file}' (format parquet, compression zstd)`);
    return {
      path,
      partitionValues: { event, date },
      size: statSync(file).size,
      modificationTime: Date.now(),
      dataChange: true,
      stats: JSON.stringify({ numRecords: jobs * perJob }),
    };
  }
}

/** In a process of its own, so that its memory is that of metrics alone. */
async function measure(warehouse) {
  const settings = readSettings({ warehouse, metrics_refresh_ms: 3_600_000, probe_cache: 'off' }, {});
  const open = async () => {
    const metrics = await openMetrics({ settings, version: 'bench' });
    const firstMs = await timed(() => metrics.refresh());
    return { metrics, firstMs };
  };
  const { metrics, firstMs } = await open();
  const unchangedMs = await repeated(9, () => metrics.refresh());
  const scrapes = await repeated(200, () => metrics.page('all'));
  const afterCommits = [];
  for (let i = 0; i < 5; i += 1) {
    await commitJob(settings, i);
    afterCommits.push(await timed(() => metrics.refresh()));
  }
  const { text } = await metrics.page('all');
  await writeNames(settings);
  await metrics.refresh();
  const full = await repeated(200, () => metrics.page('all'));
  const fullText = (await metrics.page('all')).text;
  await metrics.close();
  const again = await open();
  await again.metrics.close();
  return {
    firstCountMs: Math.round(firstMs),
    restartMs: Math.round(again.firstMs),
    refreshUnchangedMs: Math.round(median(unchangedMs)),
    refreshAfterCommitMs: Math.round(median(afterCommits)),
    scrapeMedianMs: Number(median(scrapes).toFixed(2)),
    scrapeMaxMs: Number(Math.max(...scrapes).toFixed(2)),
    scrapeOfManyNamesMedianMs: Number(median(full).toFixed(2)),
    samplesOfManyNames: samplesIn(fullText),
    events: Number(/siltstone_events_total\{event="detection"\} (\d+)/.exec(text)?.[1]),
    samples: samplesIn(text),
    peakRssMiB: peakRssMiB(readFileSync('/proc/self/status', 'utf8')),
  };
}

const samplesIn = (text) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;

/** More plugins than a family has places for. */
async function writeNames({ warehouse }) {
  const writer = openMetricsWriter({ warehouse });
  for (let n = 0; n < 1000; n += 1) {
    const job = { job_id: 'names', plugin: `plugin-${n}` };
    writer.writePluginMetric({ ...job, tool: 'read', duration_ms: n, success: true, inference_ms: n });
    writer.writeJobMetric({ ...job, job_id: `names-${n}`, device: 'cpu', status: 'done', duration_ms: n });
  }
  await writer.close();
}

async function commitJob(settings, i) {
  const writer = openMetricsWriter({ warehouse: settings.warehouse });
  for (let n = 0; n < 100; n += 1) {
    writer.writePluginMetric({ job_id: `late-${i}`, plugin: 'ocr', tool: 'read', duration_ms: n, success: true });
  }
  await writer.close();
  const engine = await openEngine({ memoryBytes: 2 ** 29, threads: 0 });
  await compact({ storage: openLocalStorage(settings.warehouse), engine, settings });
  engine.close();
}

async function timed(action) {
  const startedAt = performance.now();
  await action();
  return performance.now() - startedAt;
}

async function repeated(times, action) {
  const all = [];
  for (let i = 0; i < times; i += 1) all.push(await timed(action));
  return all;
}

async function main(events) {
  const folder = mkdtempSync(join(tmpdir(), 'siltstone-bench-'));
  try {
    const results = {};
    for (const [name, count] of Object.entries({ small: 100_000, large: events })) {
      const bytes = await makeLake(join(folder, name), count);
      const printed = execFileSync(process.execPath, [self, 'measure', join(folder, name)], { encoding: 'utf8' });
      results[name] = { eventsAsked: count, lakeMiB: Math.round(bytes / 2 ** 20), ...JSON.parse(printed) };
    }
    keepResult('metrics', {
      loadAverage: Math.round(loadavg()[0]),
      goal: 'a scrape under 50 ms at 100 million events',
      ...results,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [name, warehouse] = process.argv.slice(2);
if (name === 'measure') console.log(JSON.stringify(await measure(warehouse)));
else await main(Number(name ?? 100_000_000));
