import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { openMedia } from '../../src/inference/media/index.ts';
import { codecs } from '../inference/codecs.ts';
import { readFrames } from '../inference/corners.ts';
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

/** Hooks of Node's that make a package look as if it were not installed. */
const withoutNodeAv = `--import=data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    export async function resolve(name, context, next) {
      if (name.startsWith('node-av')) throw new Error('Cannot find package ' + name);
      return next(name, context);
    }\`));
`)}`;

test('where node-av is missing, an installed ffmpeg reads and writes', async ({ skip }) => {
  skip(codecs[1].codec === undefined, codecs[1].missing);
  const cwd = tempFolder();
  const args = ['run', 'player-tracker', clipPath, '--frames', '5', '--video', 'seen.mp4', '--job', 'j'];
  const { stdout } = siltstone(args, { cwd, env: { NODE_OPTIONS: withoutNodeAv } });
  const frames = await readFrames(await openMedia(join(cwd, 'seen.mp4'), 1));

  expect(stdout).toMatch(/^j done: 5 frames, /);
  expect(frames.map(({ timeMs }) => Math.round(timeMs))).toEqual([0, 40, 80, 120, 160]);
});

test('where both are missing, the error says how to get either', () => {
  const cwd = tempFolder();
  const env = { NODE_OPTIONS: withoutNodeAv, PATH: cwd };
  const { exitCode, stderr } = siltstone(['run', 'player-tracker', clipPath], { cwd, env });

  expect(exitCode).toBe(1);
  expect(stderr).toContain('node-av cannot be loaded: Cannot find package node-av');
  expect(stderr).toContain('ffmpeg cannot be run: spawn ffmpeg ENOENT');
  expect(stderr).toMatch(/code: codec_missing\n.*npm install node-av@6\.1\.1.*apt install ffmpeg/);
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
