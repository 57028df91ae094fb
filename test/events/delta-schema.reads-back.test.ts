import { expect, test } from 'vitest';
import { deltaSchema, eventKindColumn, lakeColumns } from '../../src/events/index.ts';

interface DeltaField {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly metadata: object;
}

/** The primitive types that a reader of protocol 1 must know: timestamp_ntz and variant came later. */
const protocol1 = 'string long integer short byte float double boolean binary date timestamp'.split(' ');

const schema: { readonly type: string; readonly fields: readonly DeltaField[] } = JSON.parse(deltaSchema);

test('the Delta schema is a struct of the lake’s columns, in their order, and of what a file of several kinds has more', () => {
  expect(schema.type).toBe('struct');
  expect(schema.fields.map(({ name }) => name)).toEqual([...lakeColumns.map(({ name }) => name), eventKindColumn]);
});

test('every Delta type is legal at reader 1, writer 2', () => {
  expect(protocol1).toEqual(expect.arrayContaining(schema.fields.map(({ type }) => type)));
});

test('a Delta type leads back to one Parquet type', () => {
  const pairs = new Set(lakeColumns.map(({ type }, at) => `${schema.fields[at]?.type} ${type}`));

  expect([...pairs].sort()).toEqual([
    'boolean BOOLEAN',
    'date DATE',
    'double DOUBLE',
    'long BIGINT',
    'string JSON',
    'string VARCHAR',
    'timestamp TIMESTAMPTZ',
  ]);
});

test('every column may be null and says nothing that a reader might not know', () => {
  expect(schema.fields.every(({ nullable }) => nullable)).toBe(true);
  expect(schema.fields.map(({ metadata }) => metadata)).toEqual(schema.fields.map(() => ({})));
});
