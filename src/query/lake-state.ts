import { type Engine, literal } from '../engine.ts';
import { lakeColumns } from '../events/index.ts';
import { promotionSql } from '../inbox/index.ts';
import {
  type Add,
  commitVersion,
  dataPath,
  expiredOf,
  type FileStats,
  logFolder,
  type Scratch,
  type Snapshot,
  type Storage,
  watermarksOf,
} from '../lake/index.ts';
import { readSql, viewFiles } from './sql-files.ts';

/** Narrows what a query opens: a file is left out where its stats say that it holds nothing of the job. */
export interface Scope {
  readonly jobId?: string;
}

const columnNames = lakeColumns.map(({ name }) => `"${name}"`).join(', ');

/** `lake_schema`: columns by name with type and default, so that old and foreign files fit and none is opened to bind. */
export const schemaLiteral = `map {${lakeColumns
  .map(({ name, type }) => `'${name}': {name: '${name}', type: '${type}', default_value: null}`)
  .join(', ')}}`;

/** A query without rows in the lake's columns. */
export const noRows = `select ${lakeColumns.map(({ name, type }) => `null::${type} as "${name}"`).join(', ')} where false`;

/** Sets up the tables, macros and views in an engine that holds nothing yet. */
export async function defineViews(engine: Engine, scratch: Scratch): Promise<void> {
  const seed = `${scratch.dir}/seed.parquet`;
  await engine.run(`copy (${noRows}) to ${literal(seed)} (format parquet)`);
  const logSeed = await scratch.write('seed.ndjson', '');
  await engine.run(`set variable lake_seed = ${literal(seed)}`);
  await engine.run(`set variable lake_log_seed = ${literal(logSeed)}`);
  await engine.run(`set variable lake_schema = ${schemaLiteral}`);
  await engine.run(`create table hot_rows as ${noRows}`);
  await engine.run(`create table lake_adds (path varchar, file varchar, event varchar, "date" date, bytes bigint,
    row_count bigint, added_at timestamp, job_min varchar, job_max varchar)`);
  await engine.run(
    'create table watermarks (stream varchar, lines bigint, bytes bigint, taken_at timestamp, expired bigint)',
  );
  for (const sql of [promotionSql, readSql('base.sql'), ...viewFiles().map((view) => view.sql)]) await engine.run(sql);
}

/** Points the views at a snapshot. Hot rows that the lake holds by now are dropped with it, never before or after. */
export async function showSnapshot(
  engine: Engine,
  scratch: Scratch,
  storage: Storage,
  snapshot: Snapshot,
): Promise<void> {
  const adds = await scratch.write(
    'adds.ndjson',
    ndjson([...snapshot.files.values()].map((add) => addRow(storage, add))),
  );
  const expired = expiredOf(snapshot);
  const marks = [...watermarksOf(snapshot)].map(([stream, { lines, bytes, takenAt }]) => ({
    stream,
    lines,
    bytes,
    taken_at: new Date(takenAt).toISOString(),
    expired: expired.get(stream) ?? 0,
  }));
  const marksFile = await scratch.write('watermarks.ndjson', ndjson(marks));
  await atOnce(engine, async () => {
    await fill(engine, 'lake_adds', adds);
    await fill(engine, 'watermarks', marksFile);
    await engine.run(
      'delete from hot_rows using watermarks w where hot_rows.stream = w.stream and hot_rows.seq < w.lines',
    );
  });
  const log = (await storage.list(logFolder))
    .map(({ path }) => path)
    .filter((path) => (commitVersion(path) ?? Number.POSITIVE_INFINITY) <= snapshot.version);
  const logFiles = log.sort().map((path) => literal(storage.locate(path)));
  await engine.run(
    `set variable lake_log_files = ${logFiles.length === 0 ? 'null::varchar[]' : `[${logFiles.join(', ')}]`}`,
  );
}

/** Chooses the files that the next query may open. */
export async function showScope(engine: Engine, { jobId }: Scope): Promise<void> {
  const job = jobId === undefined ? 'null' : literal(jobId);
  const within = `coalesce(${job} between job_min and job_max, true)`;
  const files = (which: string): string =>
    `(select list(file order by file) from lake_adds where ${within} and ${which})`;
  await engine.run(`set variable lake_all_files = ${files('is_own(path)')}`);
  await engine.run(`set variable lake_other_files = ${files('not is_own(path)')}`);
  await engine.run(`set variable lake_files = (select map_from_entries(list((event, files))) from
    (select coalesce(event, '') as event, list(file order by file) as files from lake_adds where ${within} group by 1))`);
}

/** Drops the hot rows of a stream. */
export async function dropHotRows(engine: Engine, stream: string): Promise<void> {
  await engine.run(`delete from hot_rows where stream = ${literal(stream)}`);
}

/** Moves the rows of the view `intake.events` into the hot ones. */
export async function addHotRows(engine: Engine): Promise<void> {
  await engine.run(`insert into hot_rows select ${columnNames} from intake.events`);
}

/** All of it or nothing, also where a query is interrupted in between. */
async function atOnce(engine: Engine, action: () => Promise<void>): Promise<void> {
  await engine.run('begin');
  try {
    await action();
    await engine.run('commit');
  } catch (error) {
    // Where the commit itself failed there is nothing left to roll back.
    await engine.run('rollback').catch(() => undefined);
    throw error;
  }
}

async function fill(engine: Engine, table: string, file: string): Promise<void> {
  const described = await engine.rows(`select column_name as name, data_type as type from duckdb_columns()
    where table_name = ${literal(table)} order by column_index`);
  const columns = described.map(({ name, type }) => `"${name}": '${type}'`).join(', ');
  await engine.run(`delete from ${table}`);
  await engine.run(`insert into ${table}
    select * from read_json(${literal(file)}, format = 'newline_delimited', hive_partitioning = false, columns = {${columns}})`);
}

function addRow(storage: Storage, add: Add): object {
  const stats = add.stats === undefined ? undefined : (JSON.parse(add.stats) as FileStats);
  return {
    path: decodeURIComponent(add.path),
    file: storage.locate(dataPath(add.path)),
    event: add.partitionValues.event,
    date: add.partitionValues.date,
    bytes: add.size,
    row_count: stats?.numRecords,
    added_at: new Date(add.modificationTime).toISOString(),
    job_min: stats?.minValues.job_id,
    job_max: stats?.maxValues.job_id,
  };
}

const ndjson = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
