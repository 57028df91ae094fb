import { expect, test } from 'vitest';
import { serving, statusOfLines } from './serving.ts';

const lookAt = (url: string, host: string) => statusOfLines(url, 'GET /v1/jobs HTTP/1.1', `host: ${host}`);

test('a name that is none of the server’s is refused: a page elsewhere may have pointed it here', async () => {
  const { url } = await serving({ serve_names: 'lab.example, other.example' });

  expect(await lookAt(url, 'evil.example')).toBe(421);
  expect(await lookAt(url, 'localhost.evil.example:7070')).toBe(421);
  expect(await lookAt(url, 'localhost@evil.example')).toBe(421);
  expect(await lookAt(url, 'localhost:7070')).toBe(200);
  expect(await lookAt(url, 'LAB.example:80')).toBe(200);
  expect(await lookAt(url, '[::1]:7070')).toBe(200);
  expect(await lookAt(url, '127.0.0.1')).toBe(200);
});

const change = (url: string, ...headers: readonly string[]) =>
  statusOfLines(url, 'DELETE /v1/session HTTP/1.1', 'host: localhost:7070', ...headers);

test('a page of another origin changes nothing', async () => {
  const { url } = await serving();

  expect(await change(url, 'origin: http://evil.example')).toBe(403);
  expect(await change(url, 'origin: http://localhost:8080')).toBe(403);
  expect(await change(url, 'origin: null')).toBe(403);
  expect(await change(url, 'sec-fetch-site: cross-site')).toBe(403);
  expect(await change(url, 'sec-fetch-site: same-site')).toBe(403);
});

test('a page of the server and a program change what they may', async () => {
  const { url } = await serving();

  expect(await change(url, 'origin: http://localhost:7070', 'sec-fetch-site: same-origin')).toBe(204);
  expect(await change(url)).toBe(204);
});

test('no page of another origin reads an answer, and none asks first whether it may', async () => {
  const { ask } = await serving();
  const answer = await ask('/v1/jobs', { headers: { origin: 'http://evil.example' } });
  const preflight = await ask('/v1/jobs', { method: 'OPTIONS' });

  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(preflight.ok).toBe(false);
});

test('scripts and styles come from files of the server alone, on every answer', async () => {
  const { ask } = await serving();
  const policies = await Promise.all(
    ['/', '/api/', '/v1/jobs', '/v1/nothing'].map(async (path) =>
      (await ask(path)).headers.get('content-security-policy'),
    ),
  );

  expect(new Set(policies).size).toBe(1);
  expect(policies[0]).toMatch(/^default-src 'self';/);
  expect(policies[0]).not.toMatch(/unsafe/);
});

test('more requests than one address may send are told to wait', async () => {
  const { ask } = await serving({ serve_rate_max: 3 });
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => ask('/healthz')));
  const refused = answers.filter(({ status }) => status === 429);

  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  expect(await refused[0]?.json()).toMatchObject({ error: { code: 'rate_limited' } });
});
