import { type Engine, literal } from '../engine.ts';

export type CopyFormat = 'csv' | 'json' | 'ndjson' | 'parquet';

/** What is written: the rows of a query, or of a view by its name. */
export type RowSource = { readonly sql: string } | { readonly view: string };

/** Says what columns rows have. */
type Describer = Pick<Engine, 'rows'>;

export interface CopyOptions {
  readonly format: CopyFormat;
  /** Parquet in the oldest forms: pages of version 1, Snappy, and types that every reader knows. */
  readonly compat?: boolean;
}

/**
 * A query that can stand inside another one. A second statement, or one that is no query, does not parse there, and so
 * nothing but reading is possible.
 */
export function subquery(sql: string): string {
  return `(${sql.replace(/[;\s]+$/, '')}\n)`;
}

/** The COPY that writes rows to a path. Times are ISO 8601 UTC, with the `Z` that keeps them from being taken for local ones. */
export async function copyStatement(
  describer: Describer,
  source: RowSource,
  path: string,
  { format, compat = false }: CopyOptions,
): Promise<string> {
  const rows = 'sql' in source ? subquery(source.sql) : `"${source.view}"`;
  const selection = await selectionOf(describer, rows, { format, compat });
  const options = compat ? 'format parquet, compression snappy, parquet_version v1' : optionsOf[format];
  return `copy (select ${selection} from ${rows}) to ${literal(path)} (${options})`;
}

const isoTimes = "timestampformat '%Y-%m-%dT%H:%M:%S.%fZ'";

const optionsOf: Readonly<Record<CopyFormat, string>> = {
  csv: `format csv, header true, ${isoTimes}`,
  json: `format json, array true, ${isoTimes}`,
  ndjson: `format json, ${isoTimes}`,
  parquet: 'format parquet, compression zstd, parquet_version v1',
};

const plainTypes: ReadonlySet<string> = new Set([
  'BOOLEAN',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'FLOAT',
  'DOUBLE',
  'VARCHAR',
  'DATE',
  'TIMESTAMP',
  'TIMESTAMP WITH TIME ZONE',
]);

/** The columns as they are, or each in the form that the format needs. */
async function selectionOf(describer: Describer, rows: string, { format, compat }: CopyOptions): Promise<string> {
  const isJson = format === 'json' || format === 'ndjson';
  if (!compat && !isJson) return '*';
  const columns = await describer.rows(`describe select * from ${rows}`);
  return columns
    .map((column) =>
      (compat ? plainColumn : jsonColumn)(quoted(String(column.column_name)), String(column.column_type)),
    )
    .join(', ');
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A FLOAT has 7 digits; DuckDB’s JSON writes it as the DOUBLE that it is, with 17: 29.7 as 29.700000762939453. */
function jsonColumn(column: string, type: string): string {
  return type === 'FLOAT' ? `cast(cast(${column} as varchar) as double) as ${column}` : column;
}

/** A column in a type that parquetjs-lite, which stands for every old reader, takes. */
function plainColumn(column: string, type: string): string {
  if (plainTypes.has(type)) return column;
  if (/^(U?TINYINT|USMALLINT)$/.test(type)) return `cast(${column} as integer) as ${column}`;
  if (type === 'UINTEGER') return `cast(${column} as bigint) as ${column}`;
  if (/^(UBIGINT|U?HUGEINT|DECIMAL)/.test(type)) return `cast(${column} as double) as ${column}`;
  if (/^(STRUCT|MAP)|\]$/.test(type)) return `cast(to_json(${column}) as varchar) as ${column}`;
  return `cast(${column} as varchar) as ${column}`;
}
