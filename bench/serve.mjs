/**
 * `siltstone serve` under load: requests of 50 events each, so many a second, while pages look on and lists of jobs are asked for;
 * afterwards the events are counted by SQL. Everything runs on the same cores, the load itself too.
 *
 *   npm run build && node bench/serve.mjs [seconds] [requests/s]      (a minute and a half)
 *
 * The result is printed and kept in bench/results/serve.json.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { keepResult } from './results.mjs';

const seconds = Number(process.argv[2] ?? 60);
const requestsPerSecond = Number(process.argv[3] ?? 2000);
const linesPerRequest = 50;
const jobCount = 20;
const lookerCount = 10;
const connections = 20;
const listEveryMs = 250;

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const warehouse = mkdtempSync(join(tmpdir(), 'siltstone-bench-'));

/** A browser's report of frames: no job, no number. @param {number} job */
function bodyOf(job) {
  const line = (/** @type {number} */ i) => ({
    event: 'overlay.frame',
    ts: new Date(Date.UTC(2026, 10, 25, 10, job, i)).toISOString(),
    ...{ frame_index: i, render_time_ms: 7.91, dropped_frames: 0, fps: 29.7, surface: 'browser' },
  });
  return Array.from({ length: linesPerRequest }, (_, i) => `${JSON.stringify(line(i))}\n`).join('');
}

async function startServer() {
  const server = spawn(process.execPath, [program, 'serve', '--port', '0', '--warehouse', warehouse], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, SILTSTONE_LOG_LEVEL: 'info' },
  });
  let said = '';
  const url = await new Promise((resolve) => {
    server.stderr.on('data', (chunk) => {
      said += said.length < 10_000 ? chunk : '';
      const found = /"url":"([^"]+)"/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return { server, url };
}

/** Looks on, and counts what it is told. @param {string} url */
function lookOn(url) {
  const told = { bytes: 0, gaps: 0 };
  get(`${url}/v1/stream`, (response) => {
    response.on('data', (chunk) => {
      told.bytes += chunk.length;
      told.gaps += chunk.toString().split('event: gap').length - 1;
    });
    response.on('error', () => undefined);
  }).on('error', () => undefined);
  return told;
}

/** Asks for the list of jobs as long as the load lasts. @param {string} url @param {AbortSignal} signal */
async function askForJobs(url, signal) {
  const times = [];
  while (!signal.aborted) {
    const startedAt = performance.now();
    const answer = await fetch(`${url}/v1/jobs`);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`/v1/jobs gave ${answer.status}`);
    times.push(performance.now() - startedAt);
    await wait(Math.max(0, listEveryMs - (performance.now() - startedAt)));
  }
  return times.sort((a, b) => a - b);
}

/** @param {string} url */
function load(url) {
  return autocannon({
    url,
    connections,
    duration: seconds,
    overallRate: requestsPerSecond,
    timeout: 30,
    requests: Array.from({ length: jobCount }, (_, job) => ({
      method: 'POST',
      path: `/v1/events?job_id=job-${job}`,
      headers: { 'content-type': 'application/x-ndjson' },
      body: bodyOf(job),
    })),
  });
}

/** @param {number} pid */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** @param {readonly number[]} sorted @param {number} share */
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const round = (/** @type {number} */ ms) => Math.round(ms * 10) / 10;

function countBySql() {
  const sql = `select count(*)::int as lines, count(distinct id)::int as ids from events where event = 'overlay.frame'`;
  const text = execFileSync(process.execPath, [program, 'query', sql, '--json', '--warehouse', warehouse]);
  return JSON.parse(text.toString())[0];
}

const { server, url } = await startServer();
const startedLoad = loadavg()[0];
try {
  const lookers = Array.from({ length: lookerCount }, () => lookOn(url));
  const over = new AbortController();
  const asking = askForJobs(url, over.signal);
  const cpuBefore = cpuSeconds(server.pid ?? 0);
  const result = await load(url);
  const cpu = cpuSeconds(server.pid ?? 0) - cpuBefore;
  over.abort();
  const lists = await asking;
  server.kill('SIGTERM');
  const [code] = await once(server, 'exit');
  const { lines, ids } = countBySql();
  const accepted = result['2xx'] * linesPerRequest;
  keepResult('serve', {
    load: { seconds, requestsPerSecond, linesPerRequest, jobCount, lookerCount, listEveryMs },
    loadAverageBefore: round(startedLoad ?? 0),
    requests: { answered: result['2xx'], failed: result.non2xx + result.errors + result.timeouts },
    requestsPerSecond: round(result['2xx'] / result.duration),
    eventsPerSecond: Math.round(accepted / result.duration),
    ingestMs: { p50: result.latency.p50, p99: result.latency.p99, max: result.latency.max },
    jobsListMs: { count: lists.length, p50: round(quantile(lists, 0.5)), p99: round(quantile(lists, 0.99)) },
    // What was being sent at the end is on the disk, though nobody heard the answer.
    events: { accepted, lines, ids, lost: Math.max(0, accepted - ids), unheard: Math.max(0, ids - accepted) },
    stream: { bytesEach: lookers[0]?.bytes, gapsEach: lookers[0]?.gaps },
    serverCpuShare: round((cpu / result.duration) * 100) / 100,
    serverExitCode: code,
  });
} finally {
  server.kill('SIGKILL');
  rmSync(warehouse, { recursive: true, force: true });
}
