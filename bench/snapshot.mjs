/**
 * Opening a lake: its snapshot alone, and a reader with its first query as a user feels it; then a query where nothing
 * changed and one where a commit came. Cold is the first time in a new process, warm the median of the times after it.
 *
 *   npm run build && node bench/snapshot.mjs [ROUNDS]
 *
 * The result is printed and kept in bench/results/snapshot.json.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEngine } from '../dist/engine.js';
import { emptySnapshot, loadSnapshot, openLocalStorage, writeCheckpoint } from '../dist/lake/index.js';
import { openReader } from '../dist/query/index.js';
import { readSettings } from '../dist/settings.js';
import { addOf, metaData, protocol, txnsOf, writeCommits, writeEntry } from './lake-log.mjs';
import { keepResult, median } from './results.mjs';

const self = fileURLToPath(import.meta.url);
const engineOptions = { memoryBytes: 2 ** 30, threads: 0 };

/** A checkpoint of so many files and streams, and one commit after it. */
async function writeCheckpointed(warehouse, files, streams) {
  const adds = Array.from({ length: files - 1 }, (_, i) => addOf(i));
  const txns = Array.from({ length: streams }, (_, i) => txnsOf(i)).flat();
  const snapshot = {
    ...{ version: 49, protocol, metaData, tombstones: new Map() },
    files: new Map(adds.map((add) => [add.path, add])),
    txns: new Map(txns.map(({ txn }) => [txn.appId, txn])),
  };
  const engine = await openEngine({ memoryBytes: 4 * 2 ** 30, threads: 0 });
  await writeCheckpoint(openLocalStorage(warehouse), engine, snapshot);
  engine.close();
  writeEntry(warehouse, 50, [...txnsOf(0), { add: addOf(files - 1) }]);
}

const measures = {
  async loadSnapshot(warehouse, rounds) {
    const engine = await openEngine(engineOptions);
    const storage = openLocalStorage(warehouse);
    let snapshot = emptySnapshot;
    const times = await timed(rounds, async () => {
      snapshot = await loadSnapshot(storage, engine);
    });
    const unchanged = await timed(rounds, () => loadSnapshot(storage, engine, snapshot));
    engine.close();
    return { ...coldAndWarm('', times), refreshMs: Math.round(median(unchanged)), files: snapshot.files.size };
  },
  /** Opened, asked, asked again, and asked after a commit. */
  async reader(warehouse, rounds) {
    const settings = readSettings({ warehouse }, {});
    const ask = async (reader) => reader.rows('select count(*)::int as files from lake_files');
    const opened = await timed(rounds, async () => {
      const reader = await openReader(settings);
      await ask(reader);
      await reader.close();
    });
    const reader = await openReader(settings);
    await ask(reader);
    const again = await timed(rounds, () => ask(reader));
    const afterCommit = [];
    for (let round = 0; round < rounds; round += 1) {
      const i = 10_000_000 + round;
      writeEntry(warehouse, reader.version + 1, [...txnsOf(i), { add: addOf(i) }]);
      afterCommit.push(...(await timed(1, () => ask(reader))));
    }
    await reader.close();
    return {
      ...coldAndWarm('firstQuery', opened),
      nextQueryMs: Math.round(median(again)),
      queryAfterCommitMs: Math.round(median(afterCommit)),
    };
  },
};

async function timed(rounds, action) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await action();
    times.push(performance.now() - started);
  }
  return times;
}

const coldAndWarm = (name, [cold, ...warm]) => ({
  [name === '' ? 'coldMs' : `${name}ColdMs`]: Math.round(cold),
  [name === '' ? 'warmMs' : `${name}WarmMs`]: Math.round(median(warm)),
  [name === '' ? 'bestMs' : `${name}BestMs`]: Math.round(Math.min(...warm)),
});

/** Each measure in a process of its own, over a copy of its own. */
function measure(warehouse, rounds) {
  return Object.fromEntries(
    Object.keys(measures).map((name) => {
      const copy = `${warehouse}-${name}`;
      cpSync(warehouse, copy, { recursive: true });
      return [
        name,
        JSON.parse(execFileSync(process.execPath, [self, name, copy, String(rounds)], { encoding: 'utf8' })),
      ];
    }),
  );
}

async function main(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'siltstone-bench-'));
  try {
    await writeCheckpointed(join(folder, 'files'), 100_000, 1000);
    await writeCheckpointed(join(folder, 'streams'), 100_000, 100_000);
    writeCommits(join(folder, 'commits'), 1000);
    keepResult('snapshot', {
      loadAverage: Math.round(loadavg()[0]),
      goal: 'loadSnapshot warm: 100,000 live files under 300 ms; 1,000 commits without a checkpoint under 200 ms',
      files100k: measure(join(folder, 'files'), rounds),
      files100kAndStreams100k: measure(join(folder, 'streams'), rounds),
      commits1000: measure(join(folder, 'commits'), rounds),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [name, warehouse, rounds] = process.argv.slice(2);
if (name in measures) {
  console.log(JSON.stringify(await measures[name](warehouse, Number(rounds))));
} else {
  await main(Number(name ?? 9));
}
