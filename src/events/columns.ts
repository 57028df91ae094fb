import type { z } from 'zod';
import { envelope } from './envelope.ts';
import { type ColumnMeta, type ColumnType, columnMeta } from './fields.ts';
import { kinds } from './kinds.ts';

export interface Column extends ColumnMeta {
  readonly name: string;
}

export interface Field extends Column {
  readonly required: boolean;
}

/** The fields of an object schema in their order. */
export function fieldsOf(schema: z.ZodObject): readonly Field[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const meta = columnMeta.get(presentOf(field as z.ZodType));
    if (meta === undefined) throw new Error(`the field ${name} has no column`);
    return { name, required: isRequired(field as z.ZodType), ...meta };
  });
}

/** What a field holds when it is present: an optional one without its `nullish()`. */
export function presentOf(field: z.ZodType): z.ZodType {
  if (isRequired(field)) return field;
  return ((field as z.ZodOptional).unwrap() as z.ZodNullable).unwrap() as z.ZodType;
}

function isRequired(field: z.ZodType): boolean {
  return !field.safeParse(undefined).success;
}

function collect(): readonly Column[] {
  const seen = new Map<string, Column>();
  for (const schema of [envelope, ...Object.values(kinds)]) {
    for (const { required: _, ...column } of fieldsOf(schema)) {
      const known = seen.get(column.name);
      if (known === undefined) seen.set(column.name, column);
      else if (known.type !== column.type) throw new Error(`${column.name} has two types`);
      else if (known.help !== column.help) throw new Error(`${column.name} has two meanings`);
    }
  }
  return [...seen.values()];
}

/** The columns that a line may fill: envelope first, then each kind's fields in the order of the contract. */
export const lineColumns: readonly Column[] = collect();

/** Columns that partition the lake: the values stand in each file's path and in the log. */
export const partitionColumns = ['event', 'date'] as const;

export type LakeColumnType = ColumnType | 'DATE';

/** The columns of the lake, in order. `stream` and `seq` name an event for ever; `date` is the UTC day of `ts`. */
export const lakeColumns: readonly { readonly name: string; readonly type: LakeColumnType; readonly help: string }[] = [
  ...lineColumns.slice(0, 1),
  { name: 'date', type: 'DATE', help: 'UTC day of `ts`' },
  ...lineColumns.filter((c) => c.name === 'stream'),
  ...lineColumns.slice(1).filter((c) => c.name !== 'stream'),
];
