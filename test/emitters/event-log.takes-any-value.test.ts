import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { decimalText } from '../../src/emitters/field-text.ts';
import { envelope, type Kind, kinds } from '../../src/events/index.ts';
import { makeDisk } from './disk.ts';
import { type Line, makeLog } from './warehouse.ts';

const anything = fc.oneof(
  fc.anything({
    ...{ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withNullPrototype: true },
    ...{ withSet: true, withSparseArray: true, withTypedArray: true, stringUnit: 'binary' },
  }),
  fc.constantFrom(
    Symbol('s'),
    () => 1,
    Number.NaN,
    -0,
    2n ** 70n,
    '\ud800',
    '"\udc00\\',
    undefined,
    null,
    new Date(Number.NaN),
  ),
);

/** An event of the contract: every field has some value, most of them one that it cannot hold. */
const contractEvent = fc.constantFrom(...(Object.keys(kinds) as Kind[])).chain((kind) => {
  const names = [...Object.keys(kinds[kind].shape), 'ts', 'request_id', 'attrs', 'seq', '__proto__', 'left_out'];
  return fc.tuple(fc.constant(kind), fc.dictionary(fc.constantFrom(...names), anything));
});

/** An event whose required fields hold, so that it is written, with any further fields. */
const writtenEvent = fc.tuple(
  fc.constant('log'),
  fc
    .dictionary(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('ts', 'attrs', 'logger', '__proto__')),
      anything,
    )
    .map((fields) => ({ ...fields, level: 'info', message: '"\ud800\n' })),
);

const eventOf = (line: Line) => String(line.event) as Kind;
const check = (line: Line) =>
  z
    .strictObject({ ...envelope.required({ job_id: true, seq: true }).shape, ...kinds[eventOf(line)].shape })
    .parse(line);

test.each([
  { what: 'any value in any field of the contract', events: contractEvent },
  { what: 'any field beside those of the contract', events: writtenEvent },
])('$what throws nothing, and every line is an event of the contract, numbered by its place', ({ events }) => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 5 }), (given) => {
      const disk = makeDisk();
      const log = makeLog({ createFile: disk.createFile });

      const takenCount = given.filter(([event, fields]) => log.appendUnknown(event, fields)).length;
      log.close();

      const lines = disk.lines(0).filter((line) => line.logger !== 'siltstone.emitter');
      lines.forEach(check);
      expect(disk.lines(0).map((line) => line.seq)).toEqual(disk.lines(0).map((_, index) => index));
      expect(lines).toHaveLength(takenCount + 1);
    }),
    { numRuns: 500 },
  );
});

test('any kind is either written as it is or refused', () => {
  fc.assert(
    fc.property(anything, (kind) => {
      const disk = makeDisk();
      const log = makeLog({ createFile: disk.createFile });

      log.appendUnknown(kind as string, {});
      log.close();

      expect(disk.lines(0).filter((line) => !envelope.safeParse(line).success)).toEqual([]);
    }),
  );
});

test('a number’s text is the one JavaScript gives', () => {
  const threeDecimals = fc.integer({ min: -1e9, max: 2e9 }).map((thousandths) => thousandths / 1000);
  const numbers = fc.oneof(
    threeDecimals,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.float({ noNaN: true }),
  );
  fc.assert(
    fc.property(numbers, (value) => {
      expect(decimalText(value)).toBe(String(value));
    }),
    { numRuns: 20_000 },
  );
});
