import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { lookerOn } from '../../src/server/live/looker-on.ts';

const message = (number: number) => ({ number, jobId: 'a', kind: 'log', text: `${number} ${'x'.repeat(100_000)}\n\n` });

test('who reads nothing holds a megabyte at most, and is told how much he missed once he reads', async () => {
  const connection = new PassThrough({ highWaterMark: 1000 });
  const one = lookerOn(connection as unknown as ServerResponse, { kinds: [], jobIds: [] });
  for (let i = 0; i < 100; i += 1) one.give(message(i));
  const held = connection.writableLength + connection.readableLength;
  let text = '';
  connection.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await new Promise((resolve) => connection.once('drain', () => setImmediate(resolve)));
  one.give(message(100));
  await new Promise((resolve) => setImmediate(resolve));
  const given = text.match(/^\d+ x/gm)?.length ?? 0;

  expect(held).toBeLessThan(1_300_000);
  expect(text).toContain(`event: gap\ndata: {"dropped":${101 - given}}`);
  expect(text.indexOf('event: gap')).toBeLessThan(text.indexOf('100 x'));
});
