import { expect, test } from 'vitest';
import { promotedValue, promotionSql, withPromotedJson } from '../../src/inbox/index.ts';
import { tempEngine } from '../make/warehouse.ts';

type Type = Parameters<typeof promotedValue>[1]['type'];

/** A JSON value of `attrs.f` and what the column of each type shows of it; a type that is not named shows NULL. */
const cases: readonly (readonly [string, Partial<Record<Type, unknown>>])[] = [
  ['"x"', { VARCHAR: 'x' }],
  ['"12"', { VARCHAR: '12' }],
  ['"true"', { VARCHAR: 'true' }],
  ['12', { BIGINT: '12', DOUBLE: 12 }],
  ['-3', { BIGINT: '-3', DOUBLE: -3 }],
  ['12.0', { BIGINT: '12', DOUBLE: 12 }],
  ['12.5', { DOUBLE: 12.5 }],
  ['1e3', { BIGINT: '1000', DOUBLE: 1000 }],
  ['9223372036854775807', { BIGINT: '9223372036854775807', DOUBLE: 2 ** 63 }],
  ['9223372036854775808', { DOUBLE: 2 ** 63 }],
  ['1e17', { DOUBLE: 1e17 }],
  ['1e400', {}],
  ['true', { BOOLEAN: true }],
  ['null', {}],
  [
    '"2026-11-23T14:05:00.123456789Z"',
    { VARCHAR: '2026-11-23T14:05:00.123456789Z', TIMESTAMPTZ: '2026-11-23 14:05:00.123456+00' },
  ],
  ['"2026-11-23T14:05:00+02:00"', { VARCHAR: '2026-11-23T14:05:00+02:00', TIMESTAMPTZ: '2026-11-23 12:05:00+00' }],
  ['"2026-11-23T14:05:00"', { VARCHAR: '2026-11-23T14:05:00' }],
  ['"2026-02-31T14:05:00Z"', { VARCHAR: '2026-02-31T14:05:00Z' }],
  ['"0000-01-01T00:00:00Z"', { VARCHAR: '0000-01-01T00:00:00Z' }],
  ['"infinity"', { VARCHAR: 'infinity' }],
  ['[1]', {}],
];

const types: readonly Type[] = ['VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'TIMESTAMPTZ', 'JSON'];

/** The values of a field of each type in rows that have `attrs`. */
async function valuesOf(rows: string): Promise<readonly (readonly unknown[])[]> {
  const engine = await tempEngine();
  await engine.run(promotionSql);
  const fields = types.map((type) => ({ field: 'f', type, column: 'k__f' }));
  const values = fields.map((field, i) => `${promotedValue(fields, field)} as "${i}"`);
  return (await engine.result(`select ${values.join(', ')} from ${withPromotedJson(fields, rows)}`)).rows;
}

test.each(cases)('of %s each type takes what is its own', async (json, expected) => {
  const [row] = await valuesOf(`from (select '{"f":${json}}'::json as attrs)`);

  const asJson = { JSON: json === 'null' ? null : expect.anything() };
  const all = { VARCHAR: null, BIGINT: null, DOUBLE: null, BOOLEAN: null, TIMESTAMPTZ: null, ...asJson, ...expected };
  expect(Object.fromEntries(types.map((type, i) => [type, row?.[i]]))).toEqual(all);
});

test('where there are no attrs, or not the field, there is no value', async () => {
  const rows = await valuesOf(`from (values (null::json), ('{"F":1}'::json)) t(attrs)`);

  expect(rows).toEqual([types.map(() => null), types.map(() => null)]);
});
