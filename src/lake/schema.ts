import { messageOf, SiltstoneError } from '../errors.ts';
import { type DeltaField, deltaFields, deltaSchema, partitionColumns } from '../events/index.ts';
import type { MetaData } from './actions.ts';

/** The columns of a table; none before its first commit. @throws SiltstoneError `lake_damaged` */
export function schemaColumns(metaData: MetaData | undefined): readonly DeltaField[] {
  if (metaData === undefined) return [];
  const { schemaString } = metaData;
  try {
    const { fields } = JSON.parse(schemaString) as { readonly fields: readonly DeltaField[] };
    if (fields.every(({ name }) => typeof name === 'string')) return fields;
  } catch (cause) {
    throw new SiltstoneError('lake_damaged', `the table's schema cannot be read: ${messageOf(cause)}`, { cause });
  }
  throw new SiltstoneError('lake_damaged', "the table's schema has a column without a name");
}

/** Whether the table can hold these columns: it has each in that type, or has none of that name. */
export function fitsSchema(metaData: MetaData | undefined, columns: readonly DeltaField[]): boolean {
  const held = new Map(schemaColumns(metaData).map((field) => [field.name.toLowerCase(), field]));
  return columns.every(({ name, type }) => {
    const found = held.get(name.toLowerCase());
    return found === undefined || (found.name === name && found.type === type);
  });
}

/** The schema of a new table: the contract's columns, then the others that are asked for. */
export const newSchema = (others: readonly DeltaField[]): string => widened(deltaSchema, others);

/**
 * The table's schema with the columns that it lacks behind its own: the contract's, then the others that are asked for.
 * Whatever another version or engine has in it stays as it is, so an old writer beside a new one takes nothing away.
 */
export const widenedSchema = (schemaString: string, others: readonly DeltaField[]): string =>
  widened(schemaString, [...deltaFields, ...others]);

function widened(schemaString: string, wanted: readonly DeltaField[]): string {
  const theirs = JSON.parse(schemaString) as { readonly fields: readonly DeltaField[] };
  const names = new Set(theirs.fields.map(({ name }) => name.toLowerCase()));
  const missing = wanted.filter(({ name }) => !names.has(name.toLowerCase()));
  const added = [...new Map(missing.map((field) => [field.name.toLowerCase(), field])).values()];
  return added.length === 0 ? schemaString : JSON.stringify({ ...theirs, fields: [...theirs.fields, ...added] });
}

/**
 * Whether our columns are in the table what we take them for. One that is missing reads as NULL, and ones that we do not
 * know are passed over; but another type would be read as other values, or as none.
 * @throws SiltstoneError `lake_too_new` names the column and both types; `lake_damaged` where the schema cannot be read
 */
export function checkSchema(metaData: MetaData): void {
  const theirs = new Map(schemaColumns(metaData).map(({ name, type }) => [name.toLowerCase(), type]));
  for (const { name, type } of deltaFields) {
    const found = theirs.get(name);
    if (found === undefined || found === type) continue;
    const held = typeof found === 'string' ? found : JSON.stringify(found);
    throw tooNew(`the lake holds the column ${name} as ${held}, and this siltstone reads it as ${type}`);
  }
  const partitions = String(metaData.partitionColumns);
  if (partitions === String(partitionColumns)) return;
  throw tooNew(`the lake is partitioned by ${partitions}, and this siltstone reads one by ${partitionColumns}`);
}

const tooNew = (what: string): SiltstoneError =>
  new SiltstoneError('lake_too_new', `${what}: a newer version or another program changed it`);

/** DuckDB's names of Delta's primitive types. */
const typesOfDelta: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  long: 'BIGINT',
  integer: 'INTEGER',
  short: 'SMALLINT',
  byte: 'TINYINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  binary: 'BLOB',
  date: 'DATE',
  timestamp: 'TIMESTAMP WITH TIME ZONE',
};

/** The table's columns as DuckDB's types, by name; none of a type that is no primitive one. */
export function duckdbTypes(metaData: MetaData | undefined): ReadonlyMap<string, string> {
  return new Map(
    schemaColumns(metaData).flatMap(({ name, type }) => {
      const known = typesOfDelta[String(type)];
      return known === undefined ? [] : [[name, known] as const];
    }),
  );
}
