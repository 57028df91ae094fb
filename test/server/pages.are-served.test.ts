import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { addPages } from '../../src/server/pages.ts';
import { tempFolder } from '../make/warehouse.ts';
import { serving, spoken } from './serving.ts';

/** Pages over a folder like that of a built web UI, with a file beside it that is nobody's business. */
async function pages() {
  const folder = tempFolder();
  mkdirSync(join(folder, 'web/assets'), { recursive: true });
  writeFileSync(join(folder, 'web/index.html'), '<!doctype html>the page');
  writeFileSync(join(folder, 'web/assets/a-1f.js'), 'run()');
  writeFileSync(join(folder, 'web/.hidden'), 'hidden');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const app = fastify();
  addPages(app, join(folder, 'web'));
  onTestFinished(() => app.close());
  return async (path: string) => {
    const { statusCode, headers, body } = await app.inject(path);
    return { statusCode, body, type: headers['content-type'], cache: headers['cache-control'] };
  };
}

test('a place inside the web UI is its page, and its files are kept by browsers', async () => {
  const ask = await pages();

  expect(await ask('/')).toMatchObject({ statusCode: 200, body: expect.stringContaining('the page') });
  expect(await ask('/jobs/a?tab=log')).toMatchObject({ statusCode: 200, body: expect.stringContaining('the page') });
  expect(await ask('/assets/a-1f.js')).toMatchObject({ cache: expect.stringContaining('immutable'), body: 'run()' });
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/..%5csecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/.hidden',
  '/assets/none.js',
  '/v1/none',
])('nothing but its files is given: %s', async (path) => {
  const { statusCode, body } = await (await pages())(path);

  expect(statusCode).toBeGreaterThanOrEqual(400);
  expect(body).not.toMatch(/secret$|^hidden/);
});

test('the page to try the routes brings its script and style, and nothing else of the machine', async () => {
  const { url, ask } = await serving();
  const [page, script, style] = await Promise.all(['/api/', '/api/page.js', '/api/page.css'].map((path) => ask(path)));
  const out = await spoken(url, 'GET /api/../package.json HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');

  expect(page?.headers.get('content-type')).toMatch(/^text\/html/);
  expect(await page?.text()).not.toMatch(/<script>|style=|https?:\/\//);
  expect(script?.headers.get('content-type')).toMatch(/javascript/);
  expect(style?.headers.get('content-type')).toMatch(/^text\/css/);
  expect(out).not.toContain('"siltstone"');
});
