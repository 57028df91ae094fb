import { expect, test } from 'vitest';
import { tempFolder } from '../make/warehouse.ts';
import { siltstone, start } from './siltstone.ts';

test('it serves until it is told to end, and ends with 0', async () => {
  const serve = start(['serve', '--port', '0', '--warehouse', tempFolder()]);
  await serve.says('serving');
  const url = /"url":"([^"]+)"/.exec(serve.stderr())?.[1] ?? '';

  expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: 'ok' });
  serve.child.kill('SIGTERM');
  expect(await serve.ended()).toBe(0);
});

test('a port that is none is wrong usage', () => {
  const { exitCode, stderr } = siltstone(['serve', '--port', '70000', '--warehouse', tempFolder()]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('bad_setting');
});
