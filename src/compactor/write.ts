import { randomUUID } from 'node:crypto';
import { type Engine, literal } from '../engine.ts';
import { eventKindColumn, isKind, kinds, lakeColumns, type PromotedField } from '../events/index.ts';
import { promotedColumn, promotedValue, withPromotedJson } from '../inbox/index.ts';
import type { Scratch } from '../lake/index.ts';
import { type DataFile, writeDataFiles } from './data-file.ts';
import { type Group, type Partition, type PartitionLimits, planPartitions } from './partitions.ts';

export interface WriteOptions extends PartitionLimits {
  readonly parquet_version: 'V1' | 'V2';
  /** The fields of a kind that are columns beside the contract's. */
  promoted(kind: string): readonly PromotedField[];
}

/**
 * Writes the rows of the view `intake.events` into one Parquet file a partition, each with the columns of its kind: a column
 * that a file lacks reads as NULL. `ownKinds` have partitions in the lake already, or are to have them. Not durable, not published.
 */
export async function writePartitions(
  engine: Engine,
  scratch: Scratch,
  ownKinds: ReadonlySet<string>,
  options: WriteOptions,
): Promise<readonly DataFile[]> {
  const found = await engine.rows(`select event, cast(epoch_us(ts) // ${dayUs} as integer) as day,
    cast(count(*) as integer) as "rowCount" from intake.lines group by all order by all`);
  const partitions = planPartitions(found as unknown as readonly Group[], ownKinds, options);
  await defineShared(engine, scratch, partitions);
  const batch = randomUUID();
  const plans = partitions.map((partition, i) => {
    const { event, day } = partition;
    const partitionValues = { event, date: day === null ? null : isoDate(day) };
    const path = `event=${event ?? ofSeveral}/date=${partitionValues.date ?? ofSeveral}/part-${batch}.parquet`;
    // Partition columns stand in the files too: then a file says what it is, whoever reads it.
    const promoted = event === null ? [] : options.promoted(event);
    const found = withPromotedJson(promoted, `from intake.events where ${rowsIn(partition, i)}`);
    const rows = `select ${columnsOf(event, promoted)} from ${found}`;
    const whole = promoted.map(({ column }) => column);
    return { path, partitionValues, rows, columns: promoted.map(promotedColumn), whole, dataChange: true };
  });
  return writeDataFiles(engine, scratch, plans, options.parquet_version);
}

const dayUs = 86_400_000_000;
/** What a folder is called whose partition value is null: Hive's word, which others know. */
const ofSeveral = '__HIVE_DEFAULT_PARTITION__';

/** `intake.shared` says which rows go into a file of several kinds or days. */
async function defineShared(engine: Engine, scratch: Scratch, partitions: readonly Partition[]): Promise<void> {
  const rows = partitions.flatMap(({ groups }, i) =>
    isShared(partitions[i]) ? groups.map(({ event, day }) => `${JSON.stringify({ event, day, partition: i })}\n`) : [],
  );
  const path = await scratch.write('shared.ndjson', rows.join(''));
  await engine.run(`create or replace table intake.shared as select * from read_json(${literal(path)},
    format = 'newline_delimited', hive_partitioning = false, columns = {event: 'VARCHAR', day: 'BIGINT', partition: 'BIGINT'})`);
}

const isShared = (partition: Partition | undefined): boolean => partition?.event === null || partition?.day === null;

function rowsIn(partition: Partition, i: number): string {
  const { event, day } = partition;
  if (event === null || day === null) {
    return `(event, epoch_us(ts) // ${dayUs}) in (select (event, day) from intake.shared where partition = ${i})`;
  }
  return `event = ${literal(event)} and ts >= '${isoDate(day)}' and ts < '${isoDate(day + 1)}'`;
}

const isoDate = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

const quoted = (name: string): string => `"${name}"`;
const kindFields = new Set(Object.values(kinds).flatMap((kind) => Object.keys(kind.shape)));
const envelopeColumns = lakeColumns
  .filter(({ name }) => name === 'stream' || !kindFields.has(name))
  .map((c) => quoted(c.name));

/** The envelope and the kind's own fields, or those that are promoted; none of these where there are several kinds. */
function columnsOf(event: string | null, promoted: readonly PromotedField[]): string {
  if (event === null) return [...envelopeColumns, `event as ${eventKindColumn}`].join(', ');
  const fields = isKind(event) ? Object.keys(kinds[event].shape) : [];
  return [
    ...envelopeColumns,
    ...fields.filter((field) => field !== 'stream').map(quoted),
    ...promoted.map((field) => `${promotedValue(promoted, field)} as ${quoted(field.column)}`),
  ].join(', ');
}
