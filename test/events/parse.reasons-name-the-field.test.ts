import { expect, test } from 'vitest';
import { checkEvent, examples } from '../../src/events/index.ts';

const run = examples['plugin.run'].line;

test('a reason names the kind, the field and what is wrong', () => {
  expect(checkEvent({ ...run, duration_ms: '12 ms' })).toEqual({
    ok: false,
    reason: 'plugin.run: duration_ms: expected number, received string',
  });
});

test('a reason names every field that is wrong', () => {
  expect(checkEvent({ event: 'job.status', ts: run.ts, status: 'lost', plugin: 'pitch' })).toEqual({
    ok: false,
    reason: 'job.status: device: is missing; status: expected one of "queued"|"running"|"done"|"error"|"cancelled"',
  });
});

test.each([
  { value: null, reason: 'expected object, received null' },
  { value: [run], reason: 'expected object, received array' },
  { value: 'plugin.run', reason: 'expected object, received string' },
  { value: {}, reason: 'event: is missing; ts: is missing' },
])('what is no object is no event: $reason', ({ value, reason }) => {
  expect(checkEvent(value)).toEqual({ ok: false, reason });
});

test('a name that is no name is not repeated in the reason', () => {
  expect(checkEvent({ event: 'X'.repeat(1000), ts: run.ts })).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^event: must match pattern.{1,80}$/),
  });
});

test.each(['1999-12-31T23:59:59.999Z', '2100-01-01T00:00:00Z', '2099-12-31T23:59:59-01:00'])(
  'a wild clock is refused: %s',
  (ts) => {
    expect(checkEvent({ ...run, ts })).toEqual({
      ok: false,
      reason: 'plugin.run: ts: the year must be within 2000 to 2099',
    });
  },
);

test.each(['2000-01-01T00:00:00Z', '2099-12-31T23:59:59.999999Z', '2100-01-01T00:00:00+01:00'])(
  'a time within the years is taken: %s',
  (ts) => {
    expect(checkEvent({ ...run, ts }).ok).toBe(true);
  },
);

test('a field that is not in the contract is kept', () => {
  const event = { ...run, gpu_watts: 61.5 };

  expect(checkEvent(event)).toEqual({ ok: true, event });
});

test('the names that every object has are no kinds', () => {
  expect(checkEvent({ event: 'constructor', ts: run.ts }).ok).toBe(true);
});

test('JSON nested without end is a reason and not a crash', () => {
  const attrs = JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`);

  expect(checkEvent({ ...run, attrs })).toEqual({ ok: false, reason: 'plugin.run: nested too deeply' });
});
