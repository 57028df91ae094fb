import { type Engine, literal } from '../engine.ts';
import type { DeltaField } from '../events/index.ts';
import {
  type Add,
  checksumTags,
  fileStats,
  type Scratch,
  statsText,
  type WrittenFile,
  wholeColumnsTag,
} from '../lake/index.ts';

/** A Parquet file in scratch, and the action that will add it. */
export interface DataFile {
  readonly scratchPath: string;
  readonly add: Add;
  /** Its columns beside the contract's. */
  readonly columns: readonly DeltaField[];
}

/** A data file that is to be written. */
export interface DataFilePlan {
  /** Relative to the table, percent-encoded. */
  readonly path: string;
  readonly partitionValues: Add['partitionValues'];
  /** The query for its rows. */
  readonly rows: string;
  /** Its columns beside the contract's. */
  readonly columns: readonly DeltaField[];
  /** Of these, the names of those that every row has. */
  readonly whole: readonly string[];
  /** Whether its rows are new to the table. */
  readonly dataChange: boolean;
}

/** Writes data files side by side. Not durable, not published. A plan without rows gives no file. */
export async function writeDataFiles(
  engine: Engine,
  scratch: Scratch,
  plans: readonly DataFilePlan[],
  parquetVersion: 'V1' | 'V2',
): Promise<readonly DataFile[]> {
  const copies = plans.map(
    ({ rows }, i) => `copy (${rows}) to ${literal(`${scratch.dir}/${i}.parquet`)}
      (format parquet, compression zstd, compression_level 1, dictionary_size_limit 4000,
      write_bloom_filter false, parquet_version ${parquetVersion}, return_stats true)`,
  );
  const written = await engine.together(copies);
  const files: DataFile[] = [];
  // One at a time: each is opened for its checksum.
  for (const [i, plan] of plans.entries()) {
    for (const row of written[i] ?? []) files.push(await dataFile(row as unknown as WrittenFile, plan));
  }
  return files;
}

async function dataFile(written: WrittenFile, plan: DataFilePlan): Promise<DataFile> {
  const { path, partitionValues, columns, whole, dataChange } = plan;
  const add = {
    path,
    partitionValues,
    size: written.file_size_bytes,
    modificationTime: Date.now(),
    dataChange,
    stats: statsText(fileStats(written)),
    tags: { ...(await checksumTags(written.filename)), ...wholeColumnsTag(whole) },
  };
  return { scratchPath: written.filename, add, columns };
}
