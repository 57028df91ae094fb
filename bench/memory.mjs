/**
 * The memory of compacting 5 GB of NDJSON with the default settings: the highest resident set of the process.
 *
 *   npm run build && node bench/memory.mjs [JOBS]
 *
 * The result is printed and kept in bench/results/memory.json. Needs 6 GB of disk in the temporary folder.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compact } from '../dist/compactor/index.js';
import { openEngine } from '../dist/engine.js';
import { openLocalStorage } from '../dist/lake/index.js';
import { readSettings } from '../dist/settings.js';
import { generateInbox } from './generate.mjs';
import { keepResult, peakRssMiB } from './results.mjs';

const warehouse = mkdtempSync(join(tmpdir(), 'siltstone-bench-'));
try {
  const bytes = generateInbox(join(warehouse, 'inbox'), Number(process.argv[2] ?? 5600), 4000);
  const rssBefore = peakRssMiB(readFileSync('/proc/self/status', 'utf8'));
  const settings = readSettings({ warehouse }, {});
  const engine = await openEngine({ memoryBytes: settings.engine_memory_bytes, threads: settings.engine_threads });
  const started = performance.now();
  const { lines, commits } = await compact({ storage: openLocalStorage(warehouse), engine, settings });
  keepResult('memory', {
    goal: 'peak RSS under 1024 MiB',
    gigabytes: Math.round(bytes / 1e8) / 10,
    lines,
    commits,
    seconds: Math.round((performance.now() - started) / 1000),
    peakRssMiB: peakRssMiB(readFileSync('/proc/self/status', 'utf8')),
    peakRssBeforeMiB: rssBefore,
  });
} finally {
  rmSync(warehouse, { recursive: true, force: true });
}
