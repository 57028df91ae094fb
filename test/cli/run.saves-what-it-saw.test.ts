import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { clipPath } from '../inference/football.ts';
import { tempFolder } from '../make/warehouse.ts';
import { siltstone, start } from './siltstone.ts';

const green = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#208020' } });

test('run takes a folder, says what it left out, and saves a video and a picture', async () => {
  const cwd = tempFolder();
  const folder = join(cwd, 'photos');
  await mkdir(folder);
  await green(1, 1).png().toFile(join(folder, '1.png'));
  await green(64, 48).jpeg().toFile(join(folder, '2.jpg'));
  await writeFile(join(folder, 'notes.txt'), 'words');
  const { exitCode, stdout, stderr } = siltstone(
    ['run', 'player-tracker', 'photos', '--video', 'seen.mp4', '--still', 'last.png', '--job', 'j'],
    { cwd },
  );

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^j done: 2 frames, .*\npicture: .*last\.png\nvideo: .*seen\.mp4\n$/);
  expect(stderr).toContain('1 of 3 files of');
  expect((await readdir(cwd)).sort()).toEqual(['last.png', 'photos', 'seen.mp4', 'warehouse']);
});

test('a run that is ended by Ctrl-C leaves no half video', async () => {
  const cwd = tempFolder();
  const run = start([
    ...['run', 'player-tracker', clipPath, '--job', 'j'],
    ...['--warehouse', join(cwd, 'w'), '--video', join(cwd, 'seen.mp4')],
  ]);
  await vi.waitUntil(async () => (await readdir(cwd)).includes('.seen.mp4.j.part'), { timeout: 20_000, interval: 10 });
  run.child.kill('SIGINT');

  expect(await run.ended()).toBe(130);
  expect(await readdir(cwd)).toEqual(['w']);
});
