import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runJob } from '../../src/inference/index.ts';
import { clipPath } from '../inference/football.ts';
import { tempFolder } from '../make/warehouse.ts';
import { siltstone } from './siltstone.ts';

const builtIn = fileURLToPath(new URL('../../plugins/player-tracker', import.meta.url));

/** The player tracker under another name, which asks for better scores. */
function stricterPlugin(): string {
  const dir = tempFolder();
  cpSync(builtIn, join(dir, 'stricter'), { recursive: true });
  const path = join(dir, 'stricter', 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const decoder = { ...manifest.decoder, score_min: 0.8, ground: { ...manifest.decoder.ground, score_min: 0.8 } };
  writeFileSync(path, JSON.stringify({ ...manifest, id: 'stricter', decoder }));
  return dir;
}

test('the same plugin twice is identical, and a changed threshold is past the limit', async () => {
  const warehouse = tempFolder();
  const job = { warehouse, input: clipPath, framesMax: 5 };
  await runJob({ ...job, plugin: 'player-tracker', jobId: 'a' });
  await runJob({ ...job, plugin: 'player-tracker', jobId: 'b' });
  await runJob({ ...job, plugin: 'stricter', jobId: 'c', pluginDirs: [stricterPlugin()] });
  const limits = ['--min-match', '1', '--max-score-diff', '0', '--max-latency-ratio', '20'];
  const compare = (...args: readonly string[]) => siltstone(['compare', ...args, '--warehouse', warehouse]);
  const same = compare('a', 'b', ...limits, '--json');
  const other = compare('a', 'c', ...limits);

  expect(same.exitCode).toBe(0);
  expect(JSON.parse(same.stdout)).toMatchObject({
    frames: { both: 5, only_a: 0, only_b: 0 },
    boxes: { only_a: 0, only_b: 0, match_ratio: 1, iou_min: 1, score_diff_max: 0, frames: [] },
    latencies: expect.arrayContaining([expect.objectContaining({ stage: 'inference' })]),
    failures: [],
  });
  expect(other.exitCode).toBe(1);
  expect(other.stderr).toMatch(/^past its limit: the match ratio is 0\.\d+, below 1$/m);
  expect(other.stdout).toMatch(
    /^boxes: \d+ matched at an IoU of 0.5 or more, \d+ only in A, 0 only in B: match ratio/m,
  );
  expect(compare('a', 'c').exitCode).toBe(0);
});

test('a limit that is none is wrong usage', () => {
  expect(siltstone(['compare', 'a', 'b', '--iou', '1.5'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('It must be a number of at least 0 and at most 1.'),
  });
});
