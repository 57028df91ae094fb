import { randomUUID } from 'node:crypto';
import { type Engine, literal } from '../engine.ts';
import { isKind, kinds, lakeColumns } from '../events/index.ts';
import { type Add, checksumTags, fileStats, type Scratch, type WrittenFile } from '../lake/index.ts';

/** A Parquet file in scratch, and the action that will add it. */
export interface DataFile {
  readonly scratchPath: string;
  readonly add: Add;
}

interface Partition {
  readonly event: string;
  /** UTC days since 1970-01-01. */
  readonly day: number;
}

/**
 * Writes the rows of the view `intake.events` into one Parquet file a partition, each with the columns of its kind: a column
 * that a file lacks reads as NULL. Not durable, not published.
 */
export async function writePartitions(
  engine: Engine,
  scratch: Scratch,
  { parquetVersion }: { readonly parquetVersion: 'V1' | 'V2' },
): Promise<readonly DataFile[]> {
  const found = await engine.rows(`select event, cast(epoch_us(ts) // 86400000000 as integer) as day from intake.lines
    group by all order by all`);
  const batch = randomUUID();
  const plans = (found as unknown as readonly Partition[]).map(({ event, day }, i) => {
    const [date, next] = [isoDate(day), isoDate(day + 1)];
    const path = `event=${event}/date=${date}/part-${batch}.parquet`;
    // Partition columns stand in the files too: then a file says what it is, whoever reads it.
    const copy = `copy (select ${columnsOf(event)} from intake.events
      where event = ${literal(event)} and ts >= '${date}' and ts < '${next}')
      to ${literal(`${scratch.dir}/${i}.parquet`)}
      (format parquet, compression zstd, compression_level 1, dictionary_size_limit 4000,
      write_bloom_filter false, parquet_version ${parquetVersion}, return_stats true)`;
    return { path, partitionValues: { event, date }, copy };
  });
  const written = await engine.together(plans.map(({ copy }) => copy));
  const files = plans.flatMap(({ path, partitionValues }, i) =>
    (written[i] ?? []).map((row) => dataFile(row as unknown as WrittenFile, path, partitionValues)),
  );
  return Promise.all(files);
}

const isoDate = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

const quoted = (name: string): string => `"${name}"`;
const kindFields = new Set(Object.values(kinds).flatMap((kind) => Object.keys(kind.shape)));
const envelopeColumns = lakeColumns
  .filter(({ name }) => name === 'stream' || !kindFields.has(name))
  .map((c) => quoted(c.name));

/** The envelope and the kind's own fields; none of these for a kind that the contract does not know. */
function columnsOf(event: string): string {
  const fields = isKind(event) ? Object.keys(kinds[event].shape) : [];
  return [...envelopeColumns, ...fields.filter((field) => field !== 'stream').map(quoted)].join(', ');
}

async function dataFile(
  written: WrittenFile,
  path: string,
  partitionValues: Add['partitionValues'],
): Promise<DataFile> {
  const add = {
    path,
    partitionValues,
    size: written.file_size_bytes,
    modificationTime: Date.now(),
    dataChange: true,
    stats: JSON.stringify(fileStats(written)),
    tags: await checksumTags(written.filename),
  };
  return { scratchPath: written.filename, add };
}
