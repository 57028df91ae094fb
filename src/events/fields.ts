import { z } from 'zod';

/** Types of Parquet columns, by DuckDB's names. The Delta and JSON Schema names are derived in their own rooms. */
export type ColumnType = 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'JSON' | 'TIMESTAMPTZ';

export interface ColumnMeta {
  readonly type: ColumnType;
  readonly help: string;
}

/** What each field's schema means as a column. */
export const columnMeta = z.registry<ColumnMeta>();

const withMeta = <S extends z.ZodType>(schema: S, type: ColumnType, help: string): S => {
  columnMeta.add(schema, { type, help });
  return schema;
};

export const text = (help: string) => withMeta(z.string(), 'VARCHAR', help);
/** A whole number that a double holds exactly: |n| ≤ 2^53 − 1. */
export const integer = (help: string) => withMeta(z.int(), 'BIGINT', help);
/** A finite number. */
export const real = (help: string) => withMeta(z.number(), 'DOUBLE', help);
export const flag = (help: string) => withMeta(z.boolean(), 'BOOLEAN', help);
/** Any JSON value, stored as its text. */
export const json = (help: string) => withMeta(z.json(), 'JSON', help);
/** An object, stored as its JSON text. */
export const jsonObject = (help: string) => withMeta(z.record(z.string(), z.json()), 'JSON', help);
export const choice = <const T extends readonly [string, ...string[]]>(values: T, help: string) =>
  withMeta(z.enum(values), 'VARCHAR', `${help}: ${values.map((v) => `\`${v}\``).join(' ')}`);
export const pattern = (regex: RegExp, help: string) => withMeta(z.string().regex(regex), 'VARCHAR', help);
export const timestamp = (help: string) => withMeta(z.iso.datetime({ offset: true }), 'TIMESTAMPTZ', help);
