import { readdir } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Engine } from '../engine.ts';
import { dataPath, loadSnapshot, type Snapshot, type Storage, tableFolder } from '../lake/index.ts';
import { verifyFile } from './verify-file.ts';
import { verifyLines } from './verify-lines.ts';
import { verifyLog } from './verify-log.ts';
import { verifyStreams } from './verify-streams.ts';

/** Something that is not as the log says. */
export interface Problem {
  /** A file of the lake, a log entry, or a stream. */
  readonly of: string;
  readonly problem: string;
}

export interface Verification {
  /** The lake's version that was looked at; -1 where there is none. */
  readonly version: number;
  readonly fileCount: number;
  readonly rowCount: number;
  readonly bytes: number;
  readonly streamCount: number;
  readonly problems: readonly Problem[];
  /** Parquet files that no log entry names: left by a crash, or of a compaction that runs. They harm nothing. */
  readonly orphans: readonly string[];
}

const batchBytesDefault = 64 * 1024 * 1024;

export interface VerifyOptions {
  /**
   * Decodes every value of every file and compares it with the log’s bounds and checksum, and judges every line below the
   * watermarks that the inbox still holds again. Without it, footers and the columns that name an event are read.
   */
  readonly deep?: boolean;
  /** Lines of the inbox that are judged together. */
  readonly batchBytes?: number;
}

/**
 * Compares the log's entries, each live file, and each stream with its watermark. Nothing is changed.
 * @throws SiltstoneError `lake_damaged` where the log itself cannot be followed
 */
export async function verify(
  storage: Storage,
  engine: Engine,
  onProgress: (bytesDone: number, bytesTotal: number) => void = () => {},
  { deep = false, batchBytes = batchBytesDefault }: VerifyOptions = {},
): Promise<Verification> {
  const found = await parquetFiles(storage);
  const snapshot = await loadSnapshot(storage, engine);
  const adds = [...snapshot.files.values()];
  const bytesTotal = adds.reduce((sum, add) => sum + add.size, 0);
  const problems: Problem[] = [...(await verifyLog(storage, engine))];
  const readable: string[] = [];
  let [bytesDone, rowCount] = [0, 0];
  for (const add of adds) {
    onProgress(bytesDone, bytesTotal);
    const file = await verifyFile(storage, engine, add, snapshot.metaData?.schemaString, deep);
    problems.push(...file.problems.map((problem) => ({ of: dataPath(add.path), problem })));
    if (file.rowCount !== undefined) readable.push(storage.locate(dataPath(add.path)));
    rowCount += file.rowCount ?? 0;
    bytesDone += add.size;
  }
  onProgress(bytesDone, bytesTotal);
  const streams = await verifyStreams(storage, engine, snapshot, readable);
  const lines = deep ? await verifyLines(storage, engine, snapshot, readable, batchBytes) : [];
  return {
    version: snapshot.version,
    fileCount: adds.length,
    rowCount,
    bytes: bytesTotal,
    streamCount: streams.count,
    problems: [...problems, ...streams.problems, ...lines],
    orphans: orphansOf(found, snapshot),
  };
}

/** Listed before the log is read: a file that is published meanwhile is then in the log or not in the list. */
async function parquetFiles(storage: Storage): Promise<readonly string[]> {
  const root = storage.locate(tableFolder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.parquet'))
    .map((entry) => `${tableFolder}/${relative(root, entry.parentPath)}/${entry.name}`)
    .filter((path) => !path.startsWith(`${tableFolder}/_`));
}

/** Data files that a snapshot does not know of, by path. */
export async function orphansIn(storage: Storage, snapshot: Snapshot): Promise<readonly string[]> {
  return orphansOf(await parquetFiles(storage), snapshot);
}

function orphansOf(found: readonly string[], { files, tombstones }: Snapshot): readonly string[] {
  const named = new Set([...files.keys(), ...tombstones.keys()].map(dataPath));
  return found.filter((path) => !named.has(path)).sort();
}
