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

/** A column in a table's schema. `type` is a name, or an object where it is nested. */
export interface DeltaField {
  readonly name: string;
  readonly type: unknown;
  readonly nullable: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The column in a table's schema. The metadata stays empty, so that no reader meets a key it does not know. */
export function deltaField(name: string, type: LakeColumnType): DeltaField {
  return { name, type: deltaTypes[type], nullable: true, metadata: {} };
}

/**
 * Of a row in a file of several kinds, its kind. There `event` is null in the log, which is what another engine sees, and a
 * file that it rewrites holds no partition column any more. Ours hold `event` itself, and no other column says it twice.
 */
export const eventKindColumn = 'event_kind';

/** The lake's columns in the schema, and that one. Every one is nullable, since each kind fills its own. */
export const deltaFields: readonly DeltaField[] = [
  ...lakeColumns.map(({ name, type }) => deltaField(name, type)),
  deltaField(eventKindColumn, 'VARCHAR'),
];

/** The lake's schema as the table log's `schemaString`. */
export const deltaSchema: string = JSON.stringify({ type: 'struct', fields: deltaFields });
