/**
 * Logs of lakes that hold no data: what opening a snapshot reads, and no more. Adds, stats and watermarks are as the
 * compactor writes them.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commitPath, statsText, watermarkTxns } from '../dist/lake/index.js';

const firstDay = Date.UTC(2025, 10, 23);
const dayMs = 24 * 3_600_000;

const kinds = ['job.status', 'plugin.run', 'overlay.frame', 'device.usage', 'detection', 'stream.opened'];

export const streamOf = (i) => `01a2008d-7400-7000-8000-${i.toString(16).padStart(12, '0')}`;

/** The `i`-th file of a lake that gets one file a kind and commit. @param {number} i */
export function addOf(i) {
  const event = kinds[i % kinds.length];
  const batch = Math.floor(i / kinds.length);
  const at = firstDay + (batch % 365) * dayMs;
  const date = new Date(at).toISOString().slice(0, 10);
  const path = `event=${event}/date=${date}/part-${randomUUID()}.parquet`;
  const stats = statsText(statsOf(batch, at));
  return {
    path,
    partitionValues: { event, date },
    size: 20_000 + i,
    modificationTime: at,
    dataChange: true,
    stats,
    tags: { 'siltstone.crc32': i.toString(16).padStart(8, '0') },
  };
}

function statsOf(batch, at) {
  const job = (j) => `job-${String(j).padStart(6, '0')}`;
  const [low, high] = [batch * 4, batch * 4 + 3];
  return {
    numRecords: 744,
    minValues: { job_id: job(low), stream: streamOf(low).slice(0, 32), ts: new Date(at).toISOString() },
    maxValues: {
      job_id: job(high),
      stream: `${streamOf(high).slice(0, 32)}\u{10ffff}`,
      ts: new Date(at + 3_600_000).toISOString(),
    },
  };
}

/** Both marks of the `i`-th stream. @param {number} i */
export const txnsOf = (i) => watermarkTxns(streamOf(i), { lines: 4000, bytes: 870_000 + i, takenAt: firstDay + i });

export const protocol = { minReaderVersion: 1, minWriterVersion: 2 };

export const metaData = {
  id: randomUUID(),
  format: { provider: 'parquet', options: {} },
  schemaString: '{"type":"struct","fields":[]}',
  partitionColumns: ['event', 'date'],
  configuration: {},
  createdTime: firstDay,
};

/** One entry as the compactor writes it. @param {string} warehouse @param {number} version @param {readonly object[]} actions */
export function writeEntry(warehouse, version, actions) {
  const commitInfo = {
    timestamp: firstDay + version,
    operation: 'COMPACT',
    engineInfo: 'siltstone',
    txnId: randomUUID(),
  };
  const path = join(warehouse, commitPath(version));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, [{ commitInfo }, ...actions].map((action) => `${JSON.stringify(action)}\n`).join(''));
}

/** A log of so many commits and no checkpoint: one file a kind and four streams in each. */
export function writeCommits(warehouse, commits) {
  for (let version = 0; version < commits; version += 1) {
    const table = version === 0 ? [{ protocol }, { metaData }] : [];
    const txns = [0, 1, 2, 3].flatMap((j) => txnsOf(version * 4 + j));
    const adds = kinds.map((_, k) => ({ add: addOf(version * kinds.length + k) }));
    writeEntry(warehouse, version, [...table, ...txns, ...adds]);
  }
}
