import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { serving, spoken } from './serving.ts';

const postHead = 'POST /v1/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';

async function connected(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

test('a body that does not come is given up, and said so', async () => {
  const { url } = await serving({ serve_body_timeout_ms: 200 });
  const answer = await spoken(url, `${postHead}content-length: 100\r\n\r\n{"token":`);

  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(answer).toContain('"code":"request_timeout"');
});

test('a body that is too large is refused before it has come', async () => {
  const { url } = await serving();
  const told = await spoken(url, `${postHead}content-length: 1000000000\r\n\r\n`);
  const untold = await spoken(
    url,
    `${postHead}transfer-encoding: chunked\r\nconnection: close\r\n\r\n20000\r\n${'x'.repeat(0x20000)}\r\n`,
  );

  expect(told).toMatch(/^HTTP\/1.1 413 /);
  expect(told).toContain('"code":"too_large"');
  expect(untold).toMatch(/^HTTP\/1.1 413 /);
});

test('200 connections that send a byte now and then are closed, and others are served meanwhile', async () => {
  const { url, ask } = await serving({ serve_body_timeout_ms: 500 });
  const slow = await Promise.all(Array.from({ length: 200 }, () => connected(url)));
  for (const socket of slow) socket.write('GET / HTTP/1.1\r\nhost: lo');
  const answer = await ask('/healthz');
  const ends = await Promise.all(slow.map((socket) => text(socket)));

  expect(answer.status).toBe(200);
  expect(new Set(ends.map((end) => end.split('\r\n')[0]))).toEqual(new Set(['HTTP/1.1 408 Request Timeout']));
});

test('a connection that is half closed is answered and closed, and one that was reset harms nobody', async () => {
  const { url, ask } = await serving();
  const half = await connected(url);
  half.end('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n');
  const reset = await connected(url);
  reset.write(`${postHead}content-length: 100\r\n\r\n{`);
  reset.resetAndDestroy();

  expect(await text(half)).toMatch(/^HTTP\/1.1 200 /);
  expect((await ask('/healthz')).status).toBe(200);
});

test('connections beyond the most are closed', async () => {
  const { url } = await serving({ serve_connections_max: 1 });
  await connected(url);
  const second = await connected(url);

  expect(await text(second)).toBe('');
});
