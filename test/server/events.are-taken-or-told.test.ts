import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempReader } from '../make/warehouse.ts';
import { type Serving, serving } from './serving.ts';

const post = (
  { ask }: Serving,
  body: NonNullable<RequestInit['body']>,
  { query = '', ...headers }: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  ask(`/v1/events${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...headers },
    body,
  });

/** A line of a browser: no job, no number, no time. */
const plain = (message: string): string => JSON.stringify({ event: 'log', level: 'info', message });

async function codeOf(answer: Response): Promise<unknown> {
  const { error } = (await answer.json()) as { readonly error: { readonly code: string } };
  return [answer.status, error.code];
}

test('lines become events of their jobs’ streams, numbered, timed, and are in the next answer', async () => {
  const server = await serving();
  const lines = [
    plain('one'),
    JSON.stringify(logLine({ job_id: 'job-2', message: 'two' })),
    '',
    ` ${plain('three')}\r`,
  ];
  const answer = await post(server, lines.join('\n'), { query: '?job_id=job-1' });
  const reader = await tempReader(server.warehouse);
  const sql = `select job_id, seq, message, ts > now() - interval 1 minute as recent from events
    where event = 'log' order by job_id, seq`;
  const hot = await reader.rows(sql);
  await compacted(server.warehouse);

  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({ accepted: 3, rejected: [], rejected_count: 0 });
  expect(hot).toEqual([
    { job_id: 'job-1', seq: 1, message: 'one', recent: true },
    { job_id: 'job-1', seq: 2, message: 'three', recent: true },
    { job_id: 'job-2', seq: 1, message: 'two', recent: false },
  ]);
  expect(await reader.rows(sql)).toEqual(hot);
});

test('a line that is no event is told by its number, and the others are taken', async () => {
  const server = await serving();
  const bad = [plain('one'), '{"event":"log"', '[1]', '{"event":"log","level":"loud","message":"m"}', plain('two')];
  const answer = await post(server, `${bad.join('\n')}\n`, { query: '?job_id=job-1' });
  const homeless = await post(server, plain('one'));
  const binary = await post(server, Buffer.from([123, 255, 254, 125]), { query: '?job_id=job-1' });

  expect(await answer.json()).toEqual({
    accepted: 2,
    rejected: [
      { line: 2, reason: expect.stringMatching(/^not JSON/) },
      { line: 3, reason: 'not a JSON object' },
      { line: 4, reason: expect.stringMatching(/^log: .*level/) },
    ],
    rejected_count: 3,
  });
  expect(await homeless.json()).toMatchObject({ accepted: 0, rejected: [{ line: 1, reason: /./ }] });
  expect(await binary.json()).toMatchObject({ accepted: 0, rejected_count: 1 });
});

test('a thousand refusals are told, and the rest counted', async () => {
  const server = await serving();
  const answer = await post(server, 'x\n'.repeat(1500));
  const { rejected, rejected_count } = (await answer.json()) as { rejected: unknown[]; rejected_count: number };

  expect([rejected.length, rejected_count]).toEqual([1000, 1500]);
});

test('requests at once share streams, and every line is there once, in the order of its request', async () => {
  const server = await serving();
  const body = (request: number): string =>
    linesOf(Array.from({ length: 50 }, (_, i) => ({ ...JSON.parse(plain(`${request}`)), logger: String(i) })));
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, i) => post(server, body(i), { query: `?job_id=job-${i % 3}` })),
  );
  const reader = await tempReader(server.warehouse);
  const [row] = await reader.rows(`select count(*) as lines, count(distinct (message, logger)) as distinct_lines,
      count_if(n <> logger::int) as out_of_order, count(distinct stream) as streams, max(seq) as seq_max
    from (select *, row_number() over (partition by message order by seq) - 1 as n from events where event = 'log')`);

  expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
  expect(row).toEqual({ lines: 3000, distinct_lines: 3000, out_of_order: 0, streams: 3, seq_max: 1000 });
});

test('a request under the same key is taken once, another one under that key is refused', async () => {
  const server = await serving();
  const given = { query: '?job_id=job-1', 'idempotency-key': 'a-1' };
  const [first, second] = await Promise.all([post(server, plain('one'), given), post(server, plain('one'), given)]);
  const third = await post(server, plain('one'), given);
  const reader = await tempReader(server.warehouse);

  expect([await first.text(), await third.text()]).toEqual(Array(2).fill(await second.text()));
  expect(await codeOf(await post(server, plain('two'), given))).toEqual([400, 'bad_request']);
  expect(await codeOf(await post(server, plain('two'), { ...given, 'idempotency-key': 'ü'.slice(1) }))).toEqual([
    ...[400, 'bad_request'],
  ]);
  expect(await reader.rows('select count(*)::int as n from logs')).toEqual([{ n: 1 }]);
});

test('what is too large, of another type or has a bad job is refused whole', async () => {
  const server = await serving({ serve_ingest_bytes_max: 1000 });

  expect(await codeOf(await post(server, 'x'.repeat(1001)))).toEqual([413, 'too_large']);
  expect(await codeOf(await post(server, plain('one'), { 'content-type': 'text/csv' }))).toEqual([
    ...[415, 'unsupported_type'],
  ]);
  expect(await codeOf(await post(server, plain('one'), { query: '?job_id=../x' }))).toEqual([400, 'bad_request']);
  expect(readdirSync(join(server.warehouse.path, 'inbox')).filter((name) => name !== '.id')).toEqual([]);
});

test('with few streams the one used longest ago is closed, and a job goes on in a new one', async () => {
  const server = await serving({ serve_streams_max: 1 });
  await post(server, plain('one'), { query: '?job_id=job-1' });
  await post(server, plain('two'), { query: '?job_id=job-2' });
  await post(server, plain('three'), { query: '?job_id=job-1' });
  const folder = join(server.warehouse.path, 'inbox', 'job-1');
  const streams = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8').split('\n').length);

  expect(streams).toEqual([3, 3]);
});
