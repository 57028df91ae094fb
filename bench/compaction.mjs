/**
 * Compaction, whole (plan to durable commit), against one bare COPY of the same files by the same DuckDB: in turns, each
 * run a process of its own, 2 M events in 500 streams and in one.
 *
 *   npm run build && node bench/compaction.mjs [ROUNDS]
 *
 * The result is printed and kept in bench/results/compaction.json.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compact } from '../dist/compactor/index.js';
import { openEngine } from '../dist/engine.js';
import { columnsLiteral } from '../dist/inbox/contract-sql.js';
import { openLocalStorage } from '../dist/lake/index.js';
import { readSettings } from '../dist/settings.js';
import { generateInbox, jobLines } from './generate.mjs';
import { keepResult, median, peakRssMiB } from './results.mjs';

const eventCount = 2_000_000;
const self = fileURLToPath(import.meta.url);

const sides = {
  /** The best that DuckDB does by itself: no check, no commit, not durable. */
  async bare(warehouse) {
    const engine = await openEngine({ memoryBytes: 8 * 2 ** 30, threads: 0 });
    const started = performance.now();
    await engine.run(`copy (select *, cast(ts as date) as "date" from read_json('${warehouse}/inbox/*/*.ndjson',
      format = 'newline_delimited', columns = ${columnsLiteral})) to '${warehouse}/bare'
      (format parquet, compression zstd, partition_by (event, "date"))`);
    return performance.now() - started;
  },
  async siltstone(warehouse) {
    const settings = readSettings({ warehouse }, {});
    const engine = await openEngine({ memoryBytes: settings.engine_memory_bytes, threads: settings.engine_threads });
    const started = performance.now();
    const { lines } = await compact({ storage: openLocalStorage(warehouse), engine, settings });
    if (lines !== eventCount) throw new Error(`${lines} lines were taken`);
    return performance.now() - started;
  },
};

/** @param {'bare' | 'siltstone'} side @param {string} warehouse */
function runApart(side, warehouse) {
  const answer = JSON.parse(execFileSync(process.execPath, [self, side, warehouse], { encoding: 'utf8' }));
  rmSync(join(warehouse, 'events'), { recursive: true, force: true });
  rmSync(join(warehouse, 'bare'), { recursive: true, force: true });
  return answer;
}

/** @param {string} warehouse @param {number} rounds */
function compare(warehouse, rounds) {
  const runs = { bare: [], siltstone: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const side of ['bare', 'siltstone']) {
      const run = runApart(side, warehouse);
      if (round > 0) runs[side].push(run);
    }
  }
  const seconds = (side) => runs[side].map((run) => Math.round(run.ms) / 1000);
  return {
    bareSeconds: seconds('bare'),
    siltstoneSeconds: seconds('siltstone'),
    speedRatioOfMedians: Number((median(seconds('bare')) / median(seconds('siltstone'))).toFixed(2)),
    speedRatioOfMinima: Number((Math.min(...seconds('bare')) / Math.min(...seconds('siltstone'))).toFixed(2)),
    siltstonePeakRssMiB: Math.max(...runs.siltstone.map((run) => run.rssMiB)),
  };
}

/** The same events in one stream of one job. @param {string} inbox */
function generateOneStream(inbox) {
  const { path, text } = jobLines(0, eventCount);
  mkdirSync(join(inbox, path, '..'), { recursive: true });
  writeFileSync(join(inbox, path), text);
}

function main(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'siltstone-bench-'));
  try {
    const bytes = generateInbox(join(folder, 'many/inbox'), 500, eventCount / 500);
    generateOneStream(join(folder, 'one/inbox'));
    keepResult('compaction', {
      events: eventCount,
      megabytes: Math.round(bytes / 1e6),
      goal: 'speed ratio at least 0.7',
      in500Streams: compare(join(folder, 'many'), rounds),
      inOneStream: compare(join(folder, 'one'), rounds),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [side, warehouse] = process.argv.slice(2);
if (side === 'bare' || side === 'siltstone') {
  const ms = await sides[side](warehouse);
  console.log(JSON.stringify({ ms, rssMiB: peakRssMiB(readFileSync('/proc/self/status', 'utf8')) }));
  process.exit(0);
}
main(Number(side ?? 5));
