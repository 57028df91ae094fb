import { expect, test } from 'vitest';
import { checkPromotion, lakeColumns } from '../../src/events/index.ts';

test('a kind has a view by its name, and its fields columns by both', () => {
  const checked = checkPromotion({ kinds: { 'gpu.sample': { watts: 'DOUBLE', Name: 'VARCHAR' }, idle: {} } });

  expect(checked).toEqual({
    ok: true,
    promotion: new Map([
      [
        'gpu.sample',
        {
          kind: 'gpu.sample',
          view: 'gpu_sample',
          fields: [
            { field: 'watts', type: 'DOUBLE', column: 'gpu_sample__watts' },
            { field: 'Name', type: 'VARCHAR', column: 'gpu_sample__Name' },
          ],
        },
      ],
      ['idle', { kind: 'idle', view: 'idle', fields: [] }],
    ]),
  });
});

test('no column of the contract has two underscores, so that none can be one that was promoted', () => {
  expect(lakeColumns.filter(({ name }) => name.includes('__'))).toEqual([]);
});

const many = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, value]));

test.each([
  ['no object', [], 'expected object'],
  ['no kinds', {}, 'kinds: '],
  ['another key', { kinds: {}, kind: {} }, 'Unrecognized key: "kind"'],
  ['an unknown type', { kinds: { a: { x: 'FLOAT' } } }, 'kinds: a: x: '],
  ['a type in small letters', { kinds: { a: { x: 'double' } } }, 'kinds: a: x: '],
  ['a kind that is none', { kinds: { 'Gpu.Sample': { x: 'DOUBLE' } } }, 'kinds: Gpu.Sample: '],
  ['a field that is no name', { kinds: { a: { "x'": 'DOUBLE' } } }, "kinds: a: x': "],
  ['too many fields', { kinds: { a: many(65, 'DOUBLE') } }, 'kinds: a: at most 64 fields'],
  ['too many kinds', { kinds: many(65, {}) }, 'kinds: at most 64 kinds'],
  ['a kind of the contract', { kinds: { 'job.status': { x: 'DOUBLE' } } }, "job.status: is a kind of siltstone's own"],
  ['a column of every view', { kinds: { a: { Seq: 'BIGINT' } } }, 'kinds: a: Seq: every view has a column'],
  ['one view for two', { kinds: { 'a.b': {}, a_b: {} } }, 'kinds: a_b: the view a_b is that of a.b already'],
  [
    'one column for two, but for capitals',
    { kinds: { a: { watts: 'DOUBLE', Watts: 'DOUBLE' } } },
    'kinds: a: Watts: the column a__watts is that of a: watts already',
  ],
  [
    'one column for two kinds',
    { kinds: { a: { b__c: 'DOUBLE' }, a__b: { c: 'BIGINT' } } },
    'kinds: a__b: c: the column a__b__c is that of a: b__c already',
  ],
])('%s is refused, with its place', (_, value, reason) => {
  expect(checkPromotion(value)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
});
