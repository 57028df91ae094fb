import { type Command, Option } from 'commander';
import { SiltstoneError } from '../errors.ts';
import {
  type Exported,
  exportDatabase,
  exportRows,
  exportTables,
  type Reader,
  type RowSource,
} from '../query/index.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { write, writeJson } from './output.ts';
import { objectTable } from './result-table.ts';
import { viewOf } from './views.ts';
import { withReader } from './with-reader.ts';

interface ExportOptions extends CommonOptions {
  readonly sql?: string;
  readonly format: 'csv' | 'parquet' | 'duckdb';
  readonly out: string;
  readonly compat?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function addExport(program: Command): void {
  addCommand(program, {
    name: 'export',
    summary: 'writes views into files: CSV, Parquet, or one DuckDB file',
    details:
      'Without a view or SQL, the four tables job_metrics, plugin_metrics, overlay_metrics and device_usage: each a file ' +
      'in the folder --out, or, with --format duckdb, real tables in one file. A file is there whole or not at all.',
    examples: [
      ['siltstone export --format csv --out metrics', 'the four tables as CSV files in the folder metrics'],
      ['siltstone export --format duckdb --out metrics.db', 'the four tables in one DuckDB file, with primary keys'],
      ['siltstone export detections --format parquet --out boxes.parquet', 'one view'],
    ],
  })
    .argument('[view]', 'a view of `siltstone views`')
    .option('--sql <sql>', 'the rows of a query in place of a view')
    .addOption(
      new Option('--format <format>', 'form of the files').choices(['csv', 'parquet', 'duckdb']).default('csv'),
    )
    .requiredOption('--out <path>', 'file, or folder where several are written')
    .option('--compat', 'Parquet that old readers take: version 1, Snappy, plain types')
    .option('--force', 'replaces files that are there already')
    .option('--json', 'gives the list of what was written as JSON')
    .action(exportViews);
}

async function exportViews(view: string | undefined, options: ExportOptions): Promise<void> {
  const settings = settingsOf(options);
  const source = await sourceOf(view, options, settings.warehouse);
  const exported = await withReader(settings, (reader) => run(reader, source, options));
  if (options.json) await writeJson(exported);
  else await write(objectTable(exported.map(({ table, rowCount, path }) => ({ table, rows: rowCount, file: path }))));
}

async function sourceOf(
  view: string | undefined,
  { sql, format, compat }: ExportOptions,
  warehouse: string,
): Promise<RowSource | undefined> {
  if (view !== undefined && sql !== undefined) throw new SiltstoneError('bad_usage', 'give a view or --sql, not both');
  if (compat && format !== 'parquet') throw new SiltstoneError('bad_usage', '--compat is for --format parquet');
  if (format === 'duckdb' && (view ?? sql) !== undefined) {
    throw new SiltstoneError('bad_usage', '--format duckdb holds the four tables: leave the view and --sql out');
  }
  if (sql !== undefined) return { sql };
  return view === undefined ? undefined : { view: (await viewOf(view, warehouse)).name };
}

async function run(
  reader: Reader,
  source: RowSource | undefined,
  { format, out, compat = false, force = false }: ExportOptions,
): Promise<readonly Exported[]> {
  if (format === 'duckdb') return exportDatabase(reader, out, force);
  if (source === undefined) return exportTables(reader, out, { format, compat, force });
  return [await exportRows(reader, source, out, { format, compat, force })];
}
