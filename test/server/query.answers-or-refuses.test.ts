import { expect, test } from 'vitest';
import { writeJob } from '../query/jobs.ts';
import { type Serving, serving } from './serving.ts';

const post = ({ ask }: Serving, body: unknown): Promise<Response> =>
  ask('/v1/query', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const code = async (answer: Response): Promise<unknown> => {
  const { error } = (await answer.json()) as { readonly error: { readonly code: string } };
  return [answer.status, error.code];
};

test('a SELECT is answered, with parameters, in the form that was asked for', async () => {
  const server = await serving({ serve_query_workers: 1, serve_query_rows_max: 3 });
  writeJob(server.warehouse, 'job-1');
  const sql = 'select job_id, frame_index from overlay_metrics where frame_index >= ? order by frame_index';
  const json = await post(server, { sql, params: [0] });
  const csv = await post(server, { sql, params: [1], format: 'csv' });
  const cut = await post(server, { sql: 'from range(10)', format: 'ndjson' });
  const parquet = await post(server, { sql: 'select 1 as a', format: 'parquet' });
  const plan = await post(server, { sql: 'from job_metrics', explain: true, format: 'csv' });

  expect(await json.json()).toEqual({
    columns: [
      { name: 'job_id', type: 'VARCHAR' },
      { name: 'frame_index', type: 'INTEGER' },
    ],
    rows: [
      ['job-1', 0],
      ['job-1', 1],
    ],
    ...{ row_count: 2, truncated: false, version: -1, elapsed_ms: expect.any(Number) },
  });
  expect([csv.headers.get('content-type'), await csv.text()]).toEqual([
    'text/csv; charset=utf-8',
    'job_id,frame_index\njob-1,1\n',
  ]);
  expect([cut.headers.get('x-siltstone-truncated'), (await cut.text()).split('\n').length]).toEqual(['true', 4]);
  expect((await parquet.text()).slice(0, 4)).toBe('PAR1');
  expect(await plan.json()).toMatchObject({ plan: expect.stringContaining('READ_PARQUET') });
});

test('what is refused, wrong, too long or too large is 4xx with its code, and never 200', async () => {
  const server = await serving({ serve_query_workers: 1, serve_query_timeout_ms: 300, serve_query_bytes_max: 500 });

  expect(await code(await post(server, { sql: `copy (select 1) to '/tmp/x.csv'` }))).toEqual([400, 'query_refused']);
  expect(await code(await post(server, { sql: `from read_text('/etc/passwd')` }))).toEqual([400, 'query_refused']);
  expect(await code(await post(server, { sql: 'select nothing from logs' }))).toEqual([400, 'engine_failed']);
  expect(await code(await post(server, { sql: 'select 1', params: [[1]] }))).toEqual([400, 'bad_request']);
  expect(await code(await post(server, { sql: 'select 1', fromat: 'csv' }))).toEqual([400, 'bad_request']);
  expect(await code(await post(server, { sql: 'select 1', version: 9 }))).toEqual([404, 'version_gone']);
  expect(await code(await post(server, { sql: 'select uuid() from range(99)' }))).toEqual([413, 'query_too_large']);
  expect(await code(await post(server, { sql: 'x'.repeat(2_000_000) }))).toEqual([413, 'too_large']);
  expect(await code(await post(server, { sql: 'select max(range) from range(1e15::bigint)' }))).toEqual([
    ...[408, 'query_timeout'],
  ]);
});

test('the limits are told', async () => {
  const { json } = await serving({ serve_query_rows_max: 7 });

  expect(await json('/v1/limits')).toEqual({
    query_rows_max: 7,
    query_timeout_ms: 10_000,
    query_bytes_max: 64 * 1024 * 1024,
    ingest_bytes_max: 8 * 1024 * 1024,
  });
});
