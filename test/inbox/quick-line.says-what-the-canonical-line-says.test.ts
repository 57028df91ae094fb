import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { examples } from '../../src/events/index.ts';
import { canonicalLine } from '../../src/inbox/canonical.ts';
import { quickLine } from '../../src/inbox/quick-line.ts';
import { lineBytes } from '../make/arbitrary.ts';

const now = '2026-11-25T10:00:00.000Z';

const quick = (line: object | string, jobId?: string): unknown => {
  const text = quickLine(typeof line === 'string' ? line : JSON.stringify(line), { jobId, now })?.textAt(7);
  return text === undefined ? undefined : JSON.parse(text);
};

const log = { event: 'log', job_id: 'job-1', ts: now, level: 'info', message: 'm' };

/** Whether there is nothing to compare, or both say the same event. */
function agree(line: Uint8Array): boolean {
  const content = Buffer.from(line);
  const text = isUtf8(content) ? quickLine(content.toString('utf8'), { jobId: 'job-9', now })?.textAt(7) : undefined;
  if (text === undefined) return true;
  const canonical = canonicalLine(content, { stream: 'emit', line: 7, jobId: 'job-9' });
  const withTime = canonical.includes('ts: is missing') ? text : canonical;
  return JSON.stringify(sorted(text)) === JSON.stringify(sorted(withTime));
}

const sorted = (text: string): unknown =>
  Object.entries(JSON.parse(text) as object).sort(([a], [b]) => (a < b ? -1 : 1));

test('whatever the line, it says the same event as the canonical line, or nothing', () => {
  fc.assert(fc.property(lineBytes({ seq: undefined, jobId: undefined }), agree), { numRuns: 3000, seed: 20261125 });
});

test('a plain event of each kind without objects is taken, and its head is that of our emitters', () => {
  const lines = Object.values(examples).map(({ line }) => ({ ...line, seq: undefined }));
  const taken = lines.filter((line) => quick(line) !== undefined).map(({ event }) => event);

  expect(taken).toEqual(expect.arrayContaining(['job.status', 'plugin.run', 'overlay.frame', 'output.issue', 'log']));
  expect(quickLine(JSON.stringify(log), { now })?.textAt(3)).toBe(
    `{"event":"log","job_id":"job-1","seq":3,"ts":"${now}","level":"info","message":"m"}`,
  );
});

test('a job and a time that the line lacks are put in, and its own win', () => {
  expect(quick({ event: 'log', level: 'info', message: 'm' }, 'job-2')).toMatchObject({ job_id: 'job-2', ts: now });
  expect(quick(log, 'job-2')).toMatchObject({ job_id: 'job-1' });
  expect(quick({ ...log, job_id: undefined })).toBeUndefined();
});

test.each([
  ['a field twice', `{"event":"log","job_id":"a","ts":"${now}","level":"info","message":"m","level":"warn"}`],
  ['a field of no kind', { ...log, foo: 1 }],
  ['an object within', { ...log, attrs: { a: 1 } }],
  ['a number of its own', { ...log, seq: 7 }],
  ['a choice that is none', { ...log, level: 'loud' }],
  ['a number for a text', { ...log, message: 7 }],
  ['a missing field', { ...log, message: undefined }],
  ['a null where there must be something', { ...log, message: null }],
  ['a day that is none', { ...log, ts: '2026-02-30T10:00:00Z' }],
  ['a year of another time', { ...log, ts: '2126-02-03T10:00:00Z' }],
  ['another zone', { ...log, ts: '2026-02-03T10:00:00+01:00' }],
  ['a job id that leads elsewhere', { ...log, job_id: '../etc' }],
  ['half a surrogate pair', `{"event":"log","job_id":"a","ts":"${now}","level":"info","message":"\\ud83d"}`],
  ['no JSON', '{"event":"log"'],
  ['a kind of ours', { ...log, event: 'line.rejected' }],
  ['a kind that is not known', { ...log, event: 'door.opened' }],
  ['an array', '[1]'],
])('nothing is said of a line with %s', (_, line) => {
  expect(quick(line, 'job-1')).toBeUndefined();
});

test('what stands in a text is no member', () => {
  const message = 'a "b": {c}, [d]: \\ \n';

  expect(quick({ ...log, message })).toMatchObject({ message });
});
