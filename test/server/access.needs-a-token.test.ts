import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startServer } from '../../src/server/index.ts';
import { tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { serving } from './serving.ts';

const token = 'a-secret-of-this-test';
const bearer = (given: string) => ({ headers: { authorization: `Bearer ${given}` } });

function tokenFile(content: string, mode = 0o600): string {
  const path = join(tempFolder(), 'tokens');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

test('without the token nothing is told but whether the server is well', async () => {
  const { ask } = await serving({ serve_token: token });
  const [none, wrong, right, health] = await Promise.all([
    ask('/v1/jobs'),
    ask('/v1/jobs', bearer(`${token}x`)),
    ask('/v1/jobs', bearer(token)),
    ask('/healthz'),
  ]);

  expect([none, wrong, right, health].map(({ status }) => status)).toEqual([401, 401, 200, 200]);
  expect(await none.json()).toMatchObject({ error: { code: 'unauthorized' } });
});

test('a token may what its line says', async () => {
  const path = tokenFile(
    '# who looks on\nonly-for-ingest-here ingest\nonly-for-reading-it read,submit # and sends jobs\n',
  );
  const { ask } = await serving({ serve_token_file: path });

  expect((await ask('/v1/jobs', bearer('only-for-reading-it'))).status).toBe(200);
  expect((await ask('/v1/jobs', bearer('only-for-ingest-here'))).status).toBe(403);
});

test('a page shows its token once, and its pictures come with a cookie that no script can read', async () => {
  const { ask } = await serving({ serve_token: token });
  const signIn = (given: string) =>
    ask('/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: given }),
    });
  const refused = await signIn('another-token-of-some');
  const taken = await signIn(token);
  const cookie = taken.headers.get('set-cookie') ?? '';
  const headers = { cookie: cookie.split(';')[0] ?? '' };

  expect(refused.status).toBe(401);
  expect(refused.headers.get('set-cookie')).toBeNull();
  expect(taken.status).toBe(204);
  expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+$/);
  expect((await ask('/v1/jobs', { headers })).status).toBe(200);
  await ask('/v1/session', { method: 'DELETE', headers });
  expect((await ask('/v1/jobs', { headers })).status).toBe(401);
});

test('a server for others on the network needs a token', async () => {
  const { settings } = tempWarehouse({ serve_port: 0, serve_host: '0.0.0.0' });

  await expect(startServer({ settings, log: pino({ level: 'silent' }) })).rejects.toMatchObject({
    code: 'bad_setting',
  });
});

test.each([
  { content: 'short read', why: 'line 1' },
  { content: `${token} write`, why: 'line 1' },
  { content: '# nobody\n', why: 'no token' },
])('a file of tokens with “$content” is refused, and its tokens are not told', async ({ content, why }) => {
  const starting = serving({ serve_token_file: tokenFile(content) });

  await expect(starting).rejects.toThrow(why);
  await expect(starting).rejects.not.toThrow(token);
});

test('a file of tokens that everybody may read is refused', async () => {
  await expect(serving({ serve_token_file: tokenFile(`${token} read`, 0o644) })).rejects.toThrow('chmod 600');
});
