import { type LakeColumnType, lakeColumns } from '../columns.ts';

/**
 * Types of the Delta protocol at reader 1 / writer 2. A plain timestamp (`timestamp_ntz`) would need reader 3;
 * JSON has no type there and is kept as its text.
 */
const deltaTypes: Readonly<Record<LakeColumnType, string>> = {
  VARCHAR: 'string',
  JSON: 'string',
  BIGINT: 'long',
  DOUBLE: 'double',
  BOOLEAN: 'boolean',
  TIMESTAMPTZ: 'timestamp',
  DATE: 'date',
};

/**
 * The lake's schema as the table log's `schemaString`. Every column is nullable, since each kind fills its own; the
 * metadata stays empty, so that no reader meets a key it does not know.
 */
export const deltaSchema: string = JSON.stringify({
  type: 'struct',
  fields: lakeColumns.map(({ name, type }) => ({ name, type: deltaTypes[type], nullable: true, metadata: {} })),
});
