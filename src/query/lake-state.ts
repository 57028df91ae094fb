import { type Engine, literal } from '../engine.ts';
import { lakeColumns } from '../events/index.ts';
import { promotionSql } from '../inbox/index.ts';
import type { Scratch } from '../lake/index.ts';
import { promotedFilesSql } from './promoted-views.ts';
import { readSql, viewFiles } from './sql-files.ts';

/** Narrows what a query opens: a file is left out where its stats say that it holds nothing of the job. */
export interface Scope {
  readonly jobId?: string;
}

const columnNames = lakeColumns.map(({ name }) => `"${name}"`).join(', ');

/** `lake_schema`: columns by name with type and default, so that old and foreign files fit and none is opened to bind. */
export const schemaLiteral = `map {${lakeColumns
  .map(({ name, type }) => `'${name}': {name: '${name}', type: '${type}', default_value: null::integer}`)
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
  await engine.run(`create table lake_adds (log_path varchar, path varchar, file varchar, event varchar, "date" date, bytes bigint,
    row_count bigint, added_at timestamp, job_min varchar, job_max varchar, promoted varchar[])`);
  await engine.run(
    'create table watermarks (stream varchar, lines bigint, bytes bigint, taken_at timestamp, expired bigint)',
  );
  for (const sql of [promotionSql, readSql('base.sql'), ...viewFiles().map((view) => view.sql)]) await engine.run(sql);
}

/** Chooses the files that the next query may open. */
export async function showScope(engine: Engine, { jobId }: Scope, hasPromoted: boolean): Promise<void> {
  const job = jobId === undefined ? 'null' : literal(jobId);
  const within = `coalesce(${job} between job_min and job_max, true)`;
  const files = (which: string): string =>
    `(select list(file order by file) from lake_adds where ${within} and ${which})`;
  await engine.run(`set variable lake_all_files = ${files('is_own(path)')}`);
  await engine.run(`set variable lake_other_files = ${files('not is_own(path)')}`);
  await engine.run(`set variable lake_files = (select map_from_entries(list((event, files))) from
    (select coalesce(event, '') as event, list(file order by file) as files from lake_adds where ${within} group by 1))`);
  if (hasPromoted) await engine.run(promotedFilesSql(within));
}

/** Drops the hot rows of a stream. */
export async function dropHotRows(engine: Engine, stream: string): Promise<void> {
  await engine.run(`delete from hot_rows where stream = ${literal(stream)}`);
}

/** Moves the rows of the view `intake.events` into the hot ones. */
export async function addHotRows(engine: Engine): Promise<void> {
  await engine.run(`insert into hot_rows select ${columnNames} from intake.events`);
}
