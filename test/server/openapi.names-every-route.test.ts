import { expect, test } from 'vitest';
import { serving } from './serving.ts';

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
}

test('the document names each route with its answers', async () => {
  const { json } = await serving();
  const { openapi, paths } = (await json('/openapi.json')) as Document;

  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/healthz', '/readyz', '/v1/jobs', '/v1/jobs/{id}', '/v1/plugins', '/v1/devices']),
  );
  expect(Object.keys(paths['/v1/jobs/{id}']?.get?.responses ?? {})).toEqual([
    ...['200', '400', '401', '403', '404', '408', '421', '429', '500', '503'],
  ]);
});

test('the server is well, and ready over a warehouse that it made', async () => {
  const { json } = await serving({ disk_reserve_bytes: 0 });

  expect(await json('/healthz')).toEqual({ status: 'ok', version: expect.stringMatching(/^\d+\./) });
  expect(await json('/readyz')).toMatchObject({ status: 'ready', checks: [{ of: 'lake' }, { of: 'disk' }] });
});

test('a server without room on its disk is not ready', async () => {
  const { ask } = await serving({ disk_reserve_bytes: Number.MAX_SAFE_INTEGER });
  const answer = await ask('/readyz');

  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ status: 'not_ready' });
});

test('plugins and devices of this machine are listed', async () => {
  const { json } = await serving();
  const { plugins } = (await json('/v1/plugins')) as { plugins: readonly object[] };
  const { devices } = (await json('/v1/devices')) as { devices: readonly object[] };

  expect(plugins).toContainEqual(expect.objectContaining({ id: 'player-tracker', state: 'ready', reason: null }));
  expect(plugins).toContainEqual(expect.objectContaining({ id: 'yolo', state: 'base', version: null }));
  expect(devices).toContainEqual({ provider: 'cpu', device: 'cpu', ok: true, reason: null, found_at: null });
});
