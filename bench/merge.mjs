/**
 * Merge, whole (plan to durable commit), against bare COPYs of the same files in the same order by the same DuckDB: in turns,
 * each run a process of its own, over 2 M events that were compacted in batches of 4 MB.
 *
 *   npm run build && node bench/merge.mjs [ROUNDS]
 *
 * The result is printed and kept in bench/results/merge.json.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compact, merge } from '../dist/compactor/index.js';
import { openEngine } from '../dist/engine.js';
import { dataPath, loadSnapshot, openLocalStorage } from '../dist/lake/index.js';
import { readSettings } from '../dist/settings.js';
import { generateInbox } from './generate.mjs';
import { keepResult, median, peakRssMiB } from './results.mjs';

const eventCount = 2_000_000;
const self = fileURLToPath(import.meta.url);

/** @param {string} warehouse */
async function open(warehouse) {
  const settings = readSettings({ warehouse, compact_batch_bytes: 4_000_000 }, {});
  const engine = await openEngine({ memoryBytes: settings.engine_memory_bytes, threads: settings.engine_threads });
  return { storage: openLocalStorage(warehouse), engine, settings };
}

const sides = {
  /** The best that DuckDB does by itself: no check, no commit, not durable; with the same memory. */
  async bare(warehouse) {
    const { storage, engine } = await open(warehouse);
    const { files } = await loadSnapshot(storage, engine);
    const partitions = new Map();
    for (const { path } of files.values()) {
      const folder = path.slice(0, path.lastIndexOf('/'));
      partitions.set(folder, [...(partitions.get(folder) ?? []), `'${storage.locate(dataPath(path))}'`]);
    }
    mkdirSync(join(warehouse, 'bare'));
    const started = performance.now();
    for (const [i, paths] of [...partitions.values()].filter(({ length }) => length > 1).entries()) {
      await engine.run(`copy (select * from read_parquet([${paths.join(', ')}], hive_partitioning = false)
        order by job_id, stream, seq) to '${warehouse}/bare/${i}.parquet' (format parquet, compression zstd)`);
    }
    return { ms: performance.now() - started };
  },
  async siltstone(warehouse) {
    const bench = await open(warehouse);
    const started = performance.now();
    const { filesBefore, filesAfter, bytesBefore, bytesAfter } = await merge(bench);
    return { ms: performance.now() - started, filesBefore, filesAfter, bytesBefore, bytesAfter };
  },
};

/** @param {'bare' | 'siltstone'} side @param {string} warehouse */
function runApart(side, warehouse) {
  const copy = `${warehouse}-copy`;
  cpSync(warehouse, copy, { recursive: true });
  const answer = JSON.parse(execFileSync(process.execPath, [self, side, copy], { encoding: 'utf8' }));
  rmSync(copy, { recursive: true, force: true });
  return answer;
}

async function main(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'siltstone-bench-'));
  try {
    const warehouse = join(folder, 'warehouse');
    generateInbox(join(warehouse, 'inbox'), 500, eventCount / 500);
    const bench = await open(warehouse);
    await compact(bench);
    bench.engine.close();
    rmSync(join(warehouse, 'inbox'), { recursive: true });
    const runs = { bare: [], siltstone: [] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const side of ['bare', 'siltstone']) {
        const run = runApart(side, warehouse);
        if (round > 0) runs[side].push(run);
      }
    }
    const seconds = (side) => runs[side].map((run) => Math.round(run.ms) / 1000);
    const { filesBefore, filesAfter, bytesBefore, bytesAfter } = runs.siltstone[0];
    keepResult('merge', {
      goal: 'speed ratio at least 0.8',
      events: eventCount,
      files: [filesBefore, filesAfter],
      bytes: [bytesBefore, bytesAfter],
      bareSeconds: seconds('bare'),
      siltstoneSeconds: seconds('siltstone'),
      speedRatioOfMedians: Number((median(seconds('bare')) / median(seconds('siltstone'))).toFixed(2)),
      speedRatioOfMinima: Number((Math.min(...seconds('bare')) / Math.min(...seconds('siltstone'))).toFixed(2)),
      siltstonePeakRssMiB: Math.max(...runs.siltstone.map((run) => run.rssMiB)),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [side, warehouse] = process.argv.slice(2);
if (side === 'bare' || side === 'siltstone') {
  const answer = await sides[side](warehouse);
  console.log(JSON.stringify({ ...answer, rssMiB: peakRssMiB(readFileSync('/proc/self/status', 'utf8')) }));
  process.exit(0);
}
await main(Number(side ?? 5));
