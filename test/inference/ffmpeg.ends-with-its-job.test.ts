import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { codecs } from './codecs.ts';
import { clipPath } from './football.ts';

const ffmpeg = codecs.find(({ name }) => name === 'ffmpeg');

/** The processes that one has started, each with its state: `Z` only waits to be counted. */
const childrenOf = (pid: number) =>
  spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .stdout.trim()
    .split(/\s+/)
    .map(Number);

const stateOf = (pid: number) =>
  spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();

test('the program ffmpeg ends when the process that reads from it was killed', async ({ skip }) => {
  skip(ffmpeg?.codec === undefined, ffmpeg?.missing);
  const reader = spawn(process.execPath, ['--input-type=module', '-e', readerScript], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(reader.stdout, 'data');
  const [pid = 0] = childrenOf(reader.pid ?? 0);
  const before = stateOf(pid);
  reader.kill('SIGKILL');

  expect(before).toMatch(/^[SR]/);
  await vi.waitUntil(() => /^(Z.*)?$/.test(stateOf(pid)), { timeout: 5000 });
});

/** Reads one frame, and says so. */
const readerScript = `
  import { makeFfmpegCodec } from ${JSON.stringify(new URL('../../dist/inference/media/ffmpeg-codec.js', import.meta.url))};
  const media = await makeFfmpegCodec('ffmpeg').read(${JSON.stringify(clipPath)}, 1);
  await media.frames.next();
  process.stdout.write('.');
  setInterval(() => {}, 1000);
`;
