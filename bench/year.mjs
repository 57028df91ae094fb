/**
 * A year of a lake: each day some thousand jobs, compaction four times a day, merges, retention, sweep, vacuum and log clean-up as
 * `siltstone watch` does them, by a simulated clock. Every fifth day the lake is measured: files, log, watermarks,
 * how long it takes to open and to ask about one job.
 *
 *   npm run build && node bench/year.mjs [JOBS_PER_DAY] [DAYS]
 *
 * The result is kept in bench/results/year.json and drawn into docs/year.svg.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compact, merge, sweep, upkeep } from '../dist/compactor/index.js';
import { openEngine } from '../dist/engine.js';
import { loadSnapshot, openLocalStorage } from '../dist/lake/index.js';
import { openReader } from '../dist/query/index.js';
import { readSettings } from '../dist/settings.js';
import { drawLines } from './draw.mjs';
import { keepResult, median } from './results.mjs';

const dayMs = 24 * 3_600_000;
const roundsPerDay = 4;
const measureEveryDays = 5;
const [jobsPerDay = 10_000, days = 365] = process.argv.slice(2).map(Number);

const RealDate = Date;
let now = Date.UTC(2027, 0, 1);
/** The clock of everything in this process. */
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now] : args));
  }
  static now() {
    return now;
  }
};

/** A UUIDv7. @param {number} time @param {number} i */
const streamName = (time, i) => {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${i.toString(16).padStart(12, '0')}`;
};

const plugins = ['player-tracker', 'ocr', 'yolo'];

/** @param {string} job_id @param {number} startedAt @param {number} i */
function jobLines(job_id, startedAt, i) {
  const plugin = plugins[i % plugins.length];
  const score = (i % 1000) / 1000;
  const box = { x1: i % 1280, y1: i % 720, x2: (i % 1280) + 40, y2: (i % 720) + 80 };
  const events = [
    {
      event: 'stream.opened',
      host: 'bench',
      pid: 1000 + (i % 30_000),
      process: 'runner',
      sdk: 'siltstone',
      sdk_version: '0.1.0',
    },
    { event: 'job.status', plugin, device: 'gpu', status: 'running', input: `clip-${i % 97}.mp4` },
    { event: 'device.usage', device_requested: 'gpu', device_used: 'cpu', fallback: true, provider: 'cpu' },
    {
      event: 'plugin.run',
      plugin,
      tool: 'track',
      duration_ms: 12 + score,
      success: true,
      frame_index: 0,
      provider: 'cpu',
    },
    {
      event: 'overlay.frame',
      frame_index: 0,
      render_time_ms: 5 + score,
      dropped_frames: 0,
      fps: 25,
      surface: 'server',
    },
    { event: 'detection', plugin, tool: 'track', frame_index: 0, label: 'red', score, track_id: i % 23, ...box },
    {
      event: 'plugin.run',
      plugin,
      tool: 'track',
      duration_ms: 11 + score,
      success: true,
      frame_index: 1,
      provider: 'cpu',
    },
    { event: 'job.status', plugin, device: 'cpu', status: 'done', duration_ms: 1000 + i },
  ];
  const line = ({ event, ...fields }, seq) =>
    JSON.stringify({ event, job_id, seq, ts: new Date(startedAt + seq * 100).toISOString(), ...fields });
  return { count: events.length, text: `${events.map(line).join('\n')}\n` };
}

const settings = { retention: '*=90d,overlay.frame=30d', inbox_grace_ms: 3_600_000, disk_reserve_bytes: 0 };

/** @param {string} warehouse @param {number} day @param {number} round */
function writeJobs(warehouse, day, round) {
  const count = Math.round(jobsPerDay / roundsPerDay);
  let events = 0;
  for (let i = 0; i < count; i += 1) {
    const number = (day * roundsPerDay + round) * count + i;
    const startedAt = now + Math.floor((i * dayMs) / roundsPerDay / count);
    const jobId = `job-${number}`;
    const lines = jobLines(jobId, startedAt, number);
    const folder = join(warehouse, 'inbox', jobId);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${streamName(startedAt, number)}.ndjson`);
    writeFileSync(file, lines.text);
    utimesSync(file, startedAt / 1000, startedAt / 1000);
    events += lines.count;
  }
  return events;
}

/** @param {string} folder */
function sizeOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { files: files.length, bytes: files.reduce((sum, f) => sum + statSync(join(f.parentPath, f.name)).size, 0) };
}

/** @param {() => Promise<void>} work */
async function timed(work) {
  const times = [];
  for (let i = 0; i < 5; i += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return Math.round(median(times));
}

async function measure({ storage, engine, settings }, day, events) {
  const { files, txns } = await loadSnapshot(storage, engine);
  const log = sizeOf(join(settings.warehouse, 'events/_delta_log'));
  const lakeBytes = [...files.values()].reduce((sum, { size }) => sum + size, 0);
  const liveEvents = [...files.values()].reduce((sum, { stats }) => sum + JSON.parse(stats).numRecords, 0);
  const jobId = `job-${Math.max(0, day - 3) * jobsPerDay + 7}`;
  const reader = await openReader(settings);
  const pointQueryMs = await timed(async () => {
    const rows = await reader.rows(`select * from plugin_metrics where job_id = '${jobId}'`, [], { jobId });
    if (rows.length !== 2) throw new Error(`${rows.length} rows of ${jobId}`);
  });
  await reader.close();
  return {
    day,
    eventsWritten: events,
    liveFiles: files.size,
    filesOnDisk: sizeOf(join(settings.warehouse, 'events')).files - log.files,
    logFiles: log.files,
    logKiB: Math.round(log.bytes / 1024),
    watermarks: [...txns.keys()].filter((appId) => appId.startsWith('siltstone:')).length,
    bytesPerEvent: Number((lakeBytes / liveEvents).toFixed(2)),
    snapshotMs: await timed(async () => void (await loadSnapshot(storage, engine))),
    pointQueryMs,
  };
}

async function main() {
  const warehouse = mkdtempSync(join(tmpdir(), 'siltstone-year-'));
  const bench = {
    storage: openLocalStorage(warehouse),
    settings: readSettings({ ...settings, warehouse }, {}),
    engine: await openEngine({ memoryBytes: 600 * 2 ** 20, threads: 0 }),
  };
  const measured = [];
  const began = performance.now();
  let events = 0;
  try {
    for (let day = 0; day < days; day += 1) {
      for (let round = 0; round < roundsPerDay; round += 1) {
        events += writeJobs(warehouse, day, round);
        now += dayMs / roundsPerDay;
        await compact(bench);
        await merge(bench);
        await sweep(bench.storage, bench.engine, bench.settings, now);
      }
      await upkeep(bench);
      if (day % measureEveryDays !== measureEveryDays - 1) continue;
      measured.push(await measure(bench, day + 1, events));
      process.stderr.write(`${JSON.stringify(measured.at(-1))}\n`);
    }
    globalThis.Date = RealDate;
    keepResult('year', {
      jobsPerDay,
      days,
      eventsPerJob: 8,
      hours: Number(((performance.now() - began) / 3.6e6).toFixed(2)),
      measured,
    });
    drawLines('year.svg', `${jobsPerDay.toLocaleString('en-US')} jobs a day`, measured, 'day', [
      ['liveFiles', 'live files'],
      ['logKiB', 'log, KiB'],
      ['watermarks', 'watermarks'],
      ['snapshotMs', 'opening a snapshot, ms'],
      ['pointQueryMs', 'one job’s runs, ms'],
      ['bytesPerEvent', 'bytes an event'],
    ]);
  } finally {
    bench.engine.close();
    rmSync(warehouse, { recursive: true, force: true });
  }
}

await main();
