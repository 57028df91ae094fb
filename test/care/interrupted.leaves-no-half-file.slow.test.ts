import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { endInterrupted } from '../../src/care/index.ts';
import { leftOf } from '../inference/processes.ts';
import { tempFolder, tempReader, tempWarehouse } from '../make/warehouse.ts';

const inference = JSON.stringify(new URL('../../dist/inference/index.js', import.meta.url));
const input = new URL('../../samples/football.mp4', import.meta.url).pathname;

test('of a job that is killed together with the one that started it, no half video stays', async () => {
  const warehouse = tempWarehouse();
  const dir = tempFolder();
  const video = join(dir, 'seen.mp4');
  const options = { warehouse: warehouse.path, jobId: 'j', plugin: 'player-tracker', input, video };
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', parentScript(options)]);
  await once(parent.stdout, 'data');
  const [file = ''] = readdirSync(join(warehouse.path, 'inbox', 'j')).map((name) =>
    join(warehouse.path, 'inbox', 'j', name),
  );
  const opened = JSON.parse(readFileSync(file, 'utf8').split('\n', 1)[0] ?? '');
  parent.kill('SIGKILL');
  process.kill(-opened.pid, 'SIGKILL');
  await vi.waitUntil(() => leftOf(opened.pid).length === 0);
  const begun = readdirSync(dir);
  const aMinuteAgo = new Date(Date.now() - 60_000);
  utimesSync(file, aMinuteAgo, aMinuteAgo);
  const jobs = await endInterrupted(warehouse.settings);
  const rows = await (await tempReader(warehouse)).rows('select status, error_message from job_metrics');

  expect(begun).toEqual(['.seen.mp4.j.part']);
  expect(jobs).toMatchObject([{ jobId: 'j', files: [video] }]);
  expect(readdirSync(dir)).toEqual([]);
  expect(rows).toMatchObject([{ status: 'error', error_message: expect.stringMatching(/^interrupted: /) }]);
});

/** Runs a job as a user's program would, and says when its first frame is done. */
const parentScript = (options: object) => `
  import { runJob } from ${inference};
  await runJob({ ...${JSON.stringify(options)}, onProgress: () => process.stdout.write('.') });
`;
