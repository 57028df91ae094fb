import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import { type Engine, literal } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { eventKindColumn } from '../events/index.ts';
import {
  type Action,
  type Add,
  dataPath,
  duckdbTypes,
  isVacuumedSince,
  loadSnapshot,
  rowCountOf,
  type Snapshot,
  type Storage,
  schemaColumns,
  transact,
  wholeColumns,
} from '../lake/index.ts';
import type { Settings } from '../settings.ts';
import { checkpointAtTimes } from './checkpoint-at-times.ts';
import { type DataFile, type DataFilePlan, writeDataFiles } from './data-file.ts';
import { type MergePlan, planMerges } from './merge-plan.ts';
import { publishAndCommit } from './publish.ts';
import { requireRoom, roomIn } from './room.ts';

/** What merges did. */
export interface Merging {
  readonly commits: number;
  readonly filesBefore: number;
  readonly filesAfter: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

export interface MergeBench {
  readonly storage: Storage;
  readonly engine: Engine;
  readonly settings: Pick<
    Settings,
    | 'merge_file_bytes'
    | 'disk_reserve_bytes'
    | 'commit_attempts_max'
    | 'checkpoint_commits'
    | 'vacuum_retention_ms'
    | 'parquet_version'
  >;
}

const nothing: Merging = { commits: 0, filesBefore: 0, filesAfter: 0, bytesBefore: 0, bytesAfter: 0 };
/** Merged files that one commit brings, at most: a conflict in one drops the work of all. */
const plansPerCommitMax = 16;

/** What a merge of the newest snapshot would do. */
export async function mergesDue({ storage, engine, settings }: MergeBench): Promise<readonly MergePlan[]> {
  return plansOn(await loadSnapshot(storage, engine), settings);
}

/**
 * Makes few large files, sorted by job and line, of many small ones. Readers and compactors go on meanwhile; of two merges that take
 * the same file one loses, and drops its work. Stops between two commits when `signal` aborts.
 */
export async function merge(
  bench: MergeBench,
  onProgress: (bytesDone: number, bytesTotal: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Merging> {
  let snapshot = await loadSnapshot(bench.storage, bench.engine);
  const plans = plansOn(snapshot, bench.settings);
  const bytesTotal = bytesOf(plans);
  let done = nothing;
  for (const batch of batches(plans, bench.settings.merge_file_bytes)) {
    if (signal?.aborted) break;
    onProgress(done.bytesBefore, bytesTotal);
    requireRoom('the merge', bytesOf(batch), await roomIn(bench.storage, bench.settings));
    const merged = await mergeBatch(bench, snapshot, batch);
    snapshot = merged.snapshot;
    done = sum(done, merged.merging);
  }
  onProgress(bytesTotal, bytesTotal);
  return done;
}

const plansOn = (snapshot: Snapshot, settings: MergeBench['settings']): readonly MergePlan[] =>
  planMerges(snapshot.files.values(), {
    fileBytes: settings.merge_file_bytes,
    today: new Date().toISOString().slice(0, 10),
  });

const bytesOf = (plans: readonly MergePlan[]): number => plans.reduce((total, { bytes }) => total + bytes, 0);

/** Plans that one commit carries out: of about one full file in all. */
function batches(plans: readonly MergePlan[], bytesMax: number): readonly (readonly MergePlan[])[] {
  const found: MergePlan[][] = [];
  for (const plan of plans) {
    const batch = found.at(-1);
    const fits = batch !== undefined && batch.length < plansPerCommitMax && bytesOf(batch) + plan.bytes <= bytesMax;
    if (fits) batch.push(plan);
    else found.push([plan]);
  }
  return found;
}

interface Batch {
  readonly snapshot: Snapshot;
  readonly merging: Merging;
}

async function mergeBatch(bench: MergeBench, known: Snapshot, plans: readonly MergePlan[]): Promise<Batch> {
  const { storage, engine, settings } = bench;
  const scratch = await storage.lend();
  try {
    const rows = await Promise.all(plans.map((plan) => mergedRows(bench, known, plan)));
    const files = await writeDataFiles(engine, scratch, rows, settings.parquet_version);
    checkCounts(plans, files);
    const committed = await publishAndCommit(storage, files, () => commitMerged(bench, known, plans, files));
    if (committed === undefined) return { snapshot: await loadSnapshot(storage, engine, known), merging: nothing };
    await checkpointAtTimes(bench, committed);
    return { snapshot: committed, merging: mergingOf(plans, files) };
  } finally {
    await scratch.close();
  }
}

/** A query for the rows of some files, with every column that one of them has, in the table's types. */
async function mergedRows({ storage, engine }: MergeBench, known: Snapshot, plan: MergePlan): Promise<DataFilePlan> {
  const { adds, partitionValues } = plan;
  const paths = adds.map((add) => literal(storage.locate(dataPath(add.path)))).join(', ');
  const source = `read_parquet([${paths}], union_by_name = true, hive_partitioning = false)`;
  const types = duckdbTypes(known.metaData);
  const found = await engine.rows(`describe from ${source}`);
  const names = new Set(found.map((row) => String(row.column_name)));
  const values = found
    .map((row) => ({ name: String(row.column_name), type: String(row.column_type) }))
    .filter(({ name }) => !Object.hasOwn(partitionValues, name))
    .map(({ name, type }) => selected(name, type, types.get(name)));
  const partition = Object.entries(partitionValues).map(
    ([name, value]) =>
      `cast(${value === null ? ofRow(name, names) : literal(value)} as ${types.get(name) ?? 'varchar'}) as "${name}"`,
  );
  const rows = `select ${[...partition, ...values].join(', ')} from ${source} order by job_id, stream, seq`;
  const columns = schemaColumns(known.metaData);
  const folder = posix.dirname(adds[0]?.path ?? '');
  return {
    path: `${folder}/part-${randomUUID()}.parquet`,
    partitionValues,
    rows,
    columns,
    whole: wholeInAll(adds),
    dataChange: false,
  };
}

/** The columns that all files hold whole; a file that lacks one would leave rows without it. */
function wholeInAll([first, ...others]: readonly Add[]): readonly string[] {
  const whole = first === undefined ? [] : wholeColumns(first);
  return whole.filter((column) => others.every((add) => wholeColumns(add).includes(column)));
}

/** The kind or day of a row in a file of several. Files of other engines leave the columns of the partition out. */
function ofRow(partitionColumn: string, names: ReadonlySet<string>): string {
  const others = partitionColumn === 'event' ? [eventKindColumn] : [];
  const there = [partitionColumn, ...others].filter((name) => names.has(name)).map(quoted);
  const day = partitionColumn === 'date' ? ["cast(ts at time zone 'UTC' as date)"] : [];
  return `coalesce(${[...there, ...day, 'null'].join(', ')})`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function selected(name: string, found: string, wanted: string | undefined): string {
  const isSame = wanted === undefined || wanted === found || (wanted === 'VARCHAR' && found === 'JSON');
  return isSame ? quoted(name) : `cast(${quoted(name)} as ${wanted}) as ${quoted(name)}`;
}

/** Nothing may be lost or come twice, whatever DuckDB or a file does. */
function checkCounts(plans: readonly MergePlan[], files: readonly DataFile[]): void {
  const before = rowsOf(plans.flatMap(({ adds }) => adds));
  const after = rowsOf(files.map(({ add }) => add));
  if (Number.isNaN(before) || before === after) return;
  throw new SiltstoneError(
    'lake_damaged',
    `files to merge hold ${after} rows; the log says ${before}: nothing was merged`,
  );
}

/** NaN where another engine did not say how many. */
const rowsOf = (adds: readonly Add[]): number =>
  adds.reduce((sum, { stats }) => sum + (rowCountOf(stats) ?? Number.NaN), 0);

/** Undefined where one of the files is not live any more, or a vacuum began: then this work counts for nothing. */
function commitMerged(
  { storage, engine, settings }: MergeBench,
  known: Snapshot,
  plans: readonly MergePlan[],
  files: readonly DataFile[],
): Promise<Snapshot | undefined> {
  const merged = plans.flatMap(({ adds }) => adds);
  const deletionTimestamp = Date.now();
  const actions: readonly Action[] = [
    ...merged.map(({ path, partitionValues, size }) => ({
      remove: { path, deletionTimestamp, dataChange: false, extendedFileMetadata: true, partitionValues, size },
    })),
    ...files.map(({ add }) => ({ add })),
  ];
  const transaction = {
    // The name that Delta Lake itself gives to it.
    operation: 'OPTIMIZE',
    operationMetrics: { numRemovedFiles: String(merged.length), numAddedFiles: String(files.length) },
    actionsOn: (snapshot: Snapshot) =>
      merged.every(({ path }) => snapshot.files.has(path)) && !isVacuumedSince(known, snapshot) ? actions : undefined,
  };
  return transact(storage, engine, transaction, settings.commit_attempts_max, known);
}

const mergingOf = (plans: readonly MergePlan[], files: readonly DataFile[]): Merging => ({
  commits: 1,
  filesBefore: plans.reduce((total, { adds }) => total + adds.length, 0),
  filesAfter: files.length,
  bytesBefore: bytesOf(plans),
  bytesAfter: files.reduce((total, { add }) => total + add.size, 0),
});

const sum = (a: Merging, b: Merging): Merging => ({
  commits: a.commits + b.commits,
  filesBefore: a.filesBefore + b.filesBefore,
  filesAfter: a.filesAfter + b.filesAfter,
  bytesBefore: a.bytesBefore + b.bytesBefore,
  bytesAfter: a.bytesAfter + b.bytesAfter,
});
