import { extname } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { SiltstoneError } from '../errors.ts';
import { lendTemporary, type Moment } from '../lake/index.ts';
import { type CopyFormat, copyStatement, exportRows, type Reader, subquery } from '../query/index.ts';
import { addCommand, type CommonOptions, settingsOf, wholeNumber } from './command.ts';
import { say, write, writeFileContent } from './output.ts';
import { queryClickHouse } from './query-clickhouse.ts';
import { resultTable } from './result-table.ts';
import { countText } from './text.ts';
import { engineOption, urlOption, withUrl } from './with-clickhouse.ts';
import { withReader } from './with-reader.ts';

type Format = 'table' | CopyFormat;

interface QueryOptions extends CommonOptions {
  readonly format?: Format;
  readonly json?: boolean;
  readonly out?: string;
  readonly force?: boolean;
  readonly limit?: number;
  readonly engine: 'duckdb' | 'clickhouse';
  readonly url?: string;
  readonly version?: number;
  readonly asOf?: number;
}

export function addQuery(program: Command): void {
  addCommand(program, {
    name: 'query',
    summary: 'runs SQL over the views and prints the rows',
    details:
      'DuckDB’s SQL over the views that `siltstone views` lists. Every event that was flushed before is in the answer, ' +
      'compacted or not. Times are UTC. With --engine clickhouse a ClickHouse server answers, in its own SQL, over the views ' +
      'that `siltstone views --engine clickhouse` gives: what was compacted. The user is that of --url, else ' +
      'CLICKHOUSE_USER with CLICKHOUSE_PASSWORD.',
    examples: [
      ['siltstone query "from job_metrics"', 'every job'],
      ['siltstone query "select plugin, avg(duration_ms) from plugin_metrics group by all" --json', 'as JSON'],
      ['siltstone query - --out slow.parquet < slow.sql', 'SQL from stdin, rows into a file'],
      [
        'siltstone query "select count() from detections" --engine clickhouse --url http://db:8123/siltstone',
        'by a ClickHouse server',
      ],
      ['siltstone query "from job_metrics" --as-of 2026-11-23T12:00:00Z', 'the lake as it was then'],
    ],
  })
    .argument('<sql>', 'one query; - reads it from stdin')
    .addOption(
      new Option('--format <format>', 'form of the rows (default: table, or what the name of --out ends with)').choices(
        ['table', 'csv', 'json', 'ndjson', 'parquet'],
      ),
    )
    .option('--json', 'the same as --format json')
    .option('--out <file>', 'writes the rows into a file')
    .option('--force', 'replaces the file of --out')
    .option('--limit <rows>', 'gives so many rows at most', wholeNumber(1))
    .addOption(engineOption())
    .addOption(urlOption())
    .addOption(new Option('--version <n>', 'the lake at that version').argParser(wholeNumber(0)).conflicts('asOf'))
    .option('--as-of <time>', 'the lake at that time, without what was not compacted yet', timeOf)
    .action(query);
}

async function query(argument: string, options: QueryOptions): Promise<void> {
  const settings = settingsOf(withUrl(options));
  const format = formatOf(options);
  const asked = present(argument === '-' ? await text(process.stdin) : argument);
  const { out, limit, force = false } = options;
  const moment = momentOf(options);
  if (options.engine === 'clickhouse' && moment !== undefined) {
    throw new SiltstoneError('bad_usage', '--version and --as-of are DuckDB’s: ClickHouse shows the newest version');
  }
  if (options.engine === 'clickhouse') return queryClickHouse(settings, { sql: asked, format, limit, out, force });
  const sql = limited(asked, limit);
  const answer = async (reader: Reader): Promise<void> => {
    if (format === 'table') return printTable(reader, sql, settings.query_rows_max);
    if (out === undefined) return pipeRows(reader, sql, format);
    const { rowCount, path } = await exportRows(reader, { sql }, out, { format, force });
    say(`${countText(rowCount, 'row')} written into ${path}`);
  };
  await withReader(settings, answer, moment);
}

function momentOf({ version, asOf }: QueryOptions): Moment | undefined {
  if (version !== undefined) return { version };
  return asOf === undefined ? undefined : { asOf };
}

/** Parses an option’s time. */
function timeOf(argument: string): number {
  const time = Date.parse(argument);
  const isZoned = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(argument);
  if (!isZoned || Number.isNaN(time)) {
    throw new InvalidArgumentError('Write it as 2026-11-23T12:00:00Z or 2026-11-23 (UTC midnight).');
  }
  return time;
}

function formatOf({ format, json, out }: QueryOptions): Format {
  const asked = json ? 'json' : format;
  const byName = out === undefined ? undefined : extname(out).slice(1);
  const found = asked ?? (isFormat(byName) ? byName : 'table');
  if (found === 'table' && out !== undefined) {
    throw new SiltstoneError(
      'bad_usage',
      `what form ${out} shall have is not known: give --format csv, json, ndjson or parquet`,
    );
  }
  if (found === 'parquet' && out === undefined && process.stdout.isTTY) {
    throw new SiltstoneError('bad_usage', 'Parquet is nothing for a terminal: give --out FILE, or pipe it');
  }
  return found;
}

const isFormat = (name: string | undefined): name is CopyFormat =>
  ['csv', 'json', 'ndjson', 'parquet'].includes(name ?? '');

function present(sql: string): string {
  if (sql.trim() === '') throw new SiltstoneError('bad_usage', 'the query is empty');
  return sql;
}

function limited(sql: string, limit: number | undefined): string {
  return limit === undefined ? sql : `from ${subquery(sql)} limit ${limit}`;
}

async function printTable(reader: Reader, sql: string, rowsMax: number): Promise<void> {
  const result = await reader.query(`from ${subquery(sql)}`, rowsMax + 1);
  const { text: lines, columnsLeftOut } = resultTable({ ...result, rows: result.rows.slice(0, rowsMax) });
  await write(lines);
  if (columnsLeftOut > 0)
    say(`${columnsLeftOut} more columns find no room: name those you want, or take --format json`);
  if (result.rows.length > rowsMax) {
    const [row] = await reader.rows(`select count(*) as total from ${subquery(sql)}`);
    say(`${Number(row?.total) - rowsMax} more rows: --format csv gives all, --set query_rows_max=N shows more`);
  }
}

/** By a file on the way: DuckDB writes it in chunks, so that no result is too large for memory. */
async function pipeRows(reader: Reader, sql: string, format: CopyFormat): Promise<void> {
  const scratch = await lendTemporary();
  try {
    const path = `${scratch.dir}/rows`;
    await reader.run(await copyStatement(reader, { sql }, path, { format }));
    await writeFileContent(path);
  } finally {
    await scratch.close();
  }
}
