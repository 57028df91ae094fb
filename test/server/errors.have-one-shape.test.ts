import { expect, test } from 'vitest';
import { errorTable } from '../../src/errors.ts';
import { serving, spoken } from './serving.ts';

const failure = (code: keyof typeof errorTable, message: RegExp, request_id: unknown = expect.any(String)) => ({
  error: { code, message: expect.stringMatching(message), remedy: errorTable[code], request_id },
});

test('what is not there, not allowed or wrong is told in one shape', async () => {
  const { ask } = await serving();
  const [missing, method, query] = await Promise.all([
    ask('/v1/nothing'),
    ask('/v1/jobs/a', { method: 'POST' }),
    ask('/v1/jobs?limit=501&plugn=a'),
  ]);

  expect([missing.status, method.status, query.status]).toEqual([404, 405, 400]);
  expect(await missing.json()).toEqual(failure('not_found', /there is no \/v1\/nothing/));
  expect(method.headers.get('allow')).toBe('GET, DELETE');
  expect(await method.json()).toEqual(failure('method_not_allowed', /takes GET, DELETE/));
  expect(await query.json()).toEqual(failure('bad_request', /limit.*plugn/));
});

test('a path that cannot be decoded is told in the same shape', async () => {
  const { ask } = await serving();
  const answer = await ask('/v1/jobs/%ZZ');

  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual(failure('bad_request', /./));
});

test('bytes that are no request are told in the same shape, and so is a head without end', async () => {
  const { url } = await serving();
  const garbage = await spoken(url, 'hello\r\n\r\n');
  const endless = await spoken(url, `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`);

  expect(garbage).toMatch(/^HTTP\/1.1 400 /);
  expect(JSON.parse(garbage.split('\r\n\r\n')[1] ?? '')).toEqual(failure('bad_request', /no HTTP request/));
  expect(endless).toMatch(/^HTTP\/1.1 413 /);
  expect(JSON.parse(endless.split('\r\n\r\n')[1] ?? '')).toEqual(failure('too_large', /head/));
});

test('a caller’s request id comes back, and one that is none is replaced', async () => {
  const { ask } = await serving();
  const own = await ask('/v1/nothing', { headers: { 'x-request-id': 'mine-1' } });
  const bad = await ask('/v1/nothing', { headers: { 'x-request-id': 'no good' } });

  expect(own.headers.get('x-request-id')).toBe('mine-1');
  expect(await own.json()).toEqual(failure('not_found', /./, 'mine-1'));
  expect(bad.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});
