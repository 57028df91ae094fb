import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { checkEvent, envelope, eventJsonSchema, examples, fieldsOf, kinds } from '../../src/events/index.ts';

// Ajv was written by nobody here: what it makes of the committed schema is what other people's validators do.
// Formats are left to the schema's own patterns.
const ajv = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false });
const committed = JSON.parse(readFileSync('docs/event.schema.json', 'utf8'));
const validates = ajv.compile(committed);

const lines: readonly object[] = Object.values(examples).map(({ line }) => line);

const without = (line: object, field: string) =>
  Object.fromEntries(Object.entries(line).filter(([name]) => name !== field));

test.each(lines)('the example is an event to the check and to the JSON Schema: $event', (line) => {
  expect(checkEvent(line)).toEqual({ ok: true, event: line });
  expect(validates(line), ajv.errorsText(validates.errors)).toBe(true);
});

test('the JSON Schema is legal, and the committed one is that of the contract', () => {
  expect(ajv.validateSchema(eventJsonSchema()), ajv.errorsText(ajv.errors)).toBe(true);
  expect(committed, 'run `npm run docs`').toEqual(eventJsonSchema());
});

test('every kind has an example of its own kind', () => {
  expect(Object.entries(examples).map(([kind, { line }]) => [kind, line.event])).toEqual(
    Object.keys(kinds).map((kind) => [kind, kind]),
  );
});

const required = Object.values(examples).flatMap(({ line }) =>
  [envelope, kinds[line.event as keyof typeof kinds]]
    .flatMap(fieldsOf)
    .filter((field) => field.required)
    .map(({ name }) => ({ event: line.event, name, line: without(line, name) })),
);

test.each(required)('neither takes $event without $name', ({ name, line }) => {
  expect(checkEvent(line)).toMatchObject({ ok: false, reason: expect.stringContaining(`${name}: is missing`) });
  expect(validates(line)).toBe(false);
});

const optional = Object.values(examples).flatMap(({ line }) =>
  [envelope, kinds[line.event as keyof typeof kinds]]
    .flatMap(fieldsOf)
    .filter((field) => !field.required)
    .map(({ name }) => ({ event: line.event, name, line: { ...line, [name]: null } })),
);

test.each(optional)('both take null for absent: $event with $name', ({ line }) => {
  expect(checkEvent(line).ok).toBe(true);
  expect(validates(line)).toBe(true);
});

const base = { event: 'made.up', ts: '2026-11-23T14:05:00.123456Z' };

test.each([
  { why: 'the name has capitals', line: { ...base, event: 'Made.up' } },
  { why: 'the name is too long', line: { ...base, event: 'a'.repeat(65) } },
  { why: 'the job begins with a dot', line: { ...base, job_id: '../up' } },
  { why: 'seq is a fraction', line: { ...base, seq: 1.5 } },
  { why: 'the time has no zone', line: { ...base, ts: '2026-11-23T14:05:00' } },
  { why: 'the day does not exist', line: { ...base, ts: '2026-02-30T14:05:00Z' } },
  { why: 'attrs is a list', line: { ...base, attrs: [] } },
  { why: 'a choice is none', line: { ...examples['job.status'].line, status: 'lost' } },
  { why: 'a number is a text', line: { ...examples['plugin.run'].line, duration_ms: '12' } },
])('neither takes a line where $why', ({ line }) => {
  expect(checkEvent(line).ok).toBe(false);
  expect(validates(line)).toBe(false);
});

test.each([
  base,
  { ...base, job_id: 'job:1', depth: { any: ['thing'] } },
  { ...base, ts: '2026-11-23T16:05:00+02:00' },
])('both take a kind that is not in the contract: %o', (line) => {
  expect(checkEvent(line)).toEqual({ ok: true, event: line });
  expect(validates(line)).toBe(true);
});
