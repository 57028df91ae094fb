import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findFfmpeg } from '../../src/inference/media/ffmpeg.ts';
import { codecs, writeClip } from '../inference/codecs.ts';
import { orientations, storedPixels } from '../inference/corners.ts';
import { tempDir } from '../inference/temp-dir.ts';

const ffprobe = await findFfmpeg('ffprobe').catch(() => undefined);
const browser = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

const [asItIs] = orientations;
const timesMs = Array.from({ length: 20 }, (_, i) => i * 50);

describe.each(codecs)('a video that $name wrote', ({ codec, missing }) => {
  test('is what it should be, says ffprobe', async ({ skip }) => {
    skip(codec === undefined, missing);
    skip(ffprobe === undefined, 'ffprobe is not installed');
    const path = join(tempDir(), 'clip.mp4');
    await writeClip({ path, codec, timesMs, framesPerSecond: 20 }, storedPixels(asItIs));
    const args = ['-v', 'error', '-count_frames', '-show_streams', '-of', 'json', path];
    const { streams } = JSON.parse((await promisify(execFile)(ffprobe ?? '', args)).stdout);

    expect(streams).toMatchObject([
      {
        codec_name: 'h264',
        profile: 'High',
        pix_fmt: 'yuv420p',
        color_space: 'bt709',
        color_range: 'tv',
        width: 48,
        height: 32,
        nb_read_frames: '20',
        avg_frame_rate: '20/1',
        duration: '1.000000',
      },
    ]);
  });

  test('plays to its end in a browser, in its colours', async ({ skip }) => {
    skip(codec === undefined, missing);
    skip(browser === undefined, 'no Chromium is installed; CHROMIUM names one elsewhere');
    const path = join(tempDir(), 'clip.mp4');
    await writeClip({ path, codec, timesMs, framesPerSecond: 20 }, storedPixels(asItIs));

    expect(await playIn(browser ?? '', path)).toEqual({
      ended: true,
      error: null,
      size: [48, 32],
      seconds: expect.closeTo(1, 1),
      frames: expect.toSatisfy((frames: number) => frames >= 18, 'nearly all frames'),
      topLeft: [255, 0, 0].map((value) => expect.closeTo(value, -1.6)),
    });
  });
});

/** Serves the file as a page would have it, and looks at a `<video>` of it until it has ended. */
async function playIn(executablePath: string, path: string) {
  const url = await serve(path);
  const launched = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
  });
  onTestFinished(() => launched.close());
  const page = await launched.newPage();
  await page.goto(url);
  return await page.evaluate(watchInPage);
}

async function serve(path: string): Promise<string> {
  const mp4 = await readFile(path);
  const server = createServer((request, response) => {
    const isVideo = request.url === '/clip.mp4';
    response.setHeader('content-type', isVideo ? 'video/mp4' : 'text/html');
    response.end(isVideo ? mp4 : '<!doctype html><video src="/clip.mp4" muted></video>');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Runs in the browser, as text. */
const watchInPage = `(async () => {
  const video = document.querySelector('video');
  await new Promise((resolve) => {
    video.onended = video.onerror = resolve;
    video.play().catch(resolve);
  });
  const canvas = Object.assign(document.createElement('canvas'), { width: 48, height: 32 });
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0);
  return {
    ended: video.ended,
    error: video.error?.message ?? null,
    size: [video.videoWidth, video.videoHeight],
    seconds: video.duration,
    frames: video.getVideoPlaybackQuality().totalVideoFrames,
    topLeft: [...context.getImageData(6, 6, 1, 1).data].slice(0, 3),
  };
})()`;
