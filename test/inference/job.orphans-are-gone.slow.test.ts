import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { clipPath } from './football.ts';
import { readEvents } from './inbox.ts';
import { modulePlugin } from './module-plugin.ts';
import { leftOf, pidOf } from './processes.ts';
import { tempDir } from './temp-dir.ts';

test('a job that hangs when its parent is killed does not outlive it for long', async () => {
  const warehouse = tempDir();
  const options = { warehouse, plugin: 'made', pluginDirs: [modulePlugin('if (frame === 1) while (true) {}')] };
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', parentScript({ ...options, jobId: 'j' })]);
  await once(parent.stdout, 'data');
  parent.kill('SIGKILL');
  const pid = pidOf(readEvents(warehouse, 'j'));

  expect(leftOf(pid)).not.toEqual([]);
  await vi.waitUntil(() => leftOf(pid).length === 0, { timeout: 30_000, interval: 500 });
});

/** Runs a job as a user's program would, and says when its first frame is done. */
const parentScript = (options: object) => `
  import { runJob } from ${JSON.stringify(new URL('../../dist/inference/index.js', import.meta.url))};
  const onProgress = () => process.stdout.write('.');
  await runJob({ ...${JSON.stringify({ ...options, input: clipPath })}, onProgress });
`;
