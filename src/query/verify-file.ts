import { lstat } from 'node:fs/promises';
import type { Engine } from '../engine.ts';
import { messageOf, SiltstoneError } from '../errors.ts';
import { type Add, checksumOf, dataPath, recordedChecksum, rowCountOf, type Storage } from '../lake/index.ts';
import { readSql } from './sql-files.ts';
import { verifyValues } from './verify-values.ts';

export interface VerifiedFile {
  readonly problems: readonly string[];
  /** Its bytes or its rows are not those that the log speaks of. */
  readonly isBroken: boolean;
  /** Undefined where the file cannot be read. */
  readonly rowCount?: number;
}

/** Whether a live file is there and is what the log says of it; `deep`: each of its bytes and values too. */
export async function verifyFile(
  storage: Storage,
  engine: Engine,
  add: Add,
  schemaString: string | undefined,
  deep: boolean,
): Promise<VerifiedFile> {
  const path = dataPath(add.path);
  const found = await storage.stat(path);
  if (found === undefined) return { problems: ['is missing'], isBroken: true };
  const file = storage.locate(path);
  if ((await lstat(file)).isSymbolicLink()) return { problems: ['is a link to a file elsewhere'], isBroken: true };
  const sizes = found.bytes === add.size ? [] : [`has ${found.bytes} bytes; the log says ${add.size}`];
  const bytes = [...sizes, ...(deep ? await wrongChecksum(file, add) : [])];
  try {
    const columns = await wrongColumns(engine, file, schemaString);
    const rows = await verifyRows(engine, file, add);
    const values = deep ? await verifyValues(engine, file, add) : [];
    const problems = [...bytes, ...columns, ...rows.problems, ...values];
    return { problems, isBroken: bytes.length > 0 || rows.isBroken, rowCount: rows.rowCount };
  } catch (error) {
    if (!(error instanceof SiltstoneError) || error.code !== 'engine_failed') throw error;
    return { problems: [...bytes, `cannot be read: ${messageOf(error).split('\n')[0]}`], isBroken: true };
  }
}

async function wrongChecksum(file: string, add: Add): Promise<readonly string[]> {
  const said = recordedChecksum(add);
  if (said === undefined) return [];
  const found = await checksumOf(file);
  return found === said ? [] : [`has the checksum ${found}; the log says ${said}`];
}

async function verifyRows(engine: Engine, file: string, add: Add): Promise<Required<VerifiedFile>> {
  const { event, date } = add.partitionValues;
  const [row] = await engine.rows(readSql('verify/rows_of_file.sql'), [file, event, date]);
  const rowCount = Number(row?.row_count);
  const said = rowCountOf(add.stats);
  const strays = Number(row?.stray_count);
  const isBroken = said !== undefined && said !== rowCount;
  return {
    rowCount,
    isBroken,
    problems: [
      ...(isBroken ? [`has ${rowCount} rows; the log says ${said}`] : []),
      ...(strays === 0 ? [] : [`has ${strays} rows of another kind or day than its folder`]),
    ],
  };
}

/** DuckDB's types for Delta's. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  string: ['VARCHAR', 'JSON'],
  long: ['BIGINT'],
  integer: ['INTEGER'],
  double: ['DOUBLE'],
  boolean: ['BOOLEAN'],
  date: ['DATE'],
  timestamp: ['TIMESTAMP WITH TIME ZONE'],
};

/** A column may be missing, it reads as NULL then; it may not be another one than the log's. */
async function wrongColumns(
  engine: Engine,
  file: string,
  schemaString: string | undefined,
): Promise<readonly string[]> {
  const { fields } = JSON.parse(schemaString ?? '{"fields":[]}') as DeltaSchema;
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  const columns = await engine.rows('describe select * from read_parquet($1, hive_partitioning = false)', [file]);
  return columns.flatMap((column) => {
    const [name, found] = [String(column.column_name), String(column.column_type)];
    const type = types.get(name);
    if (type === undefined) return [`has a column ${name} that the log does not know`];
    const known = typesOf[String(type)];
    return known === undefined || known.includes(found) ? [] : [`has ${name} as ${found}; the log says ${type}`];
  });
}

interface DeltaSchema {
  readonly fields: readonly { readonly name: string; readonly type: unknown }[];
}
