// Frames a second of reading and writing the sample clip (1280 × 720), by each codec that is here, and stills against the
// canvas's own encoder. Rounds take turns, so that the ratios hold on a busy machine. Run: npm run build && node bench/media.mjs
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import { findFfmpeg } from '../dist/inference/media/ffmpeg.js';
import { makeFfmpegCodec } from '../dist/inference/media/ffmpeg-codec.js';
import { openStillFile } from '../dist/inference/media/index.js';
import { loadLibav } from '../dist/inference/media/libav.js';
import { makeLibavCodec } from '../dist/inference/media/libav-codec.js';
import { openVideoFile } from '../dist/inference/media/write-video.js';
import { keepResult, median } from './results.mjs';

const rounds = 5;
const threads = 1;
const clip = fileURLToPath(new URL('../samples/football.mp4', import.meta.url));
const scratch = await mkdtemp(join(tmpdir(), 'siltstone-bench-'));

const nodeAv = makeLibavCodec(await loadLibav());
const ffmpeg = await findFfmpeg().then(makeFfmpegCodec, () => undefined);

/** @param {typeof nodeAv} codec */
async function read(codec) {
  const media = await codec.read(clip, threads);
  const frames = [];
  for await (const frame of media.frames) frames.push(frame);
  await media.close();
  return frames;
}

const frames = await read(nodeAv);
const [first] = frames;
const { width, height } = first;

/** @param {typeof nodeAv} codec */
async function write(codec) {
  const path = join(scratch, 'clip.mp4');
  const file = await openVideoFile({ path, jobId: 'bench', width, height, framesPerSecond: 25, threads }, codec);
  for (const frame of frames) await file.add(frame);
  await file.finish();
  await file.close();
  return frames;
}

/** Decodes and throws away, without a colour changed. */
async function readBare() {
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-threads', String(threads), '-i', clip, '-f', 'null', '-']);
  return frames;
}

async function stillByCanvas() {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(first.rgba), width, height), 0, 0);
  await canvas.encode('png');
  return [first];
}

async function still() {
  await (await openStillFile(join(scratch, 'still.png'), 'bench')).save(first);
  return [first];
}

const works = {
  read_node_av: () => read(nodeAv),
  write_node_av: () => write(nodeAv),
  ...(ffmpeg && { read_ffmpeg: () => read(ffmpeg), write_ffmpeg: () => write(ffmpeg), read_ffmpeg_bare: readBare }),
  still_png: still,
  still_png_by_canvas: stillByCanvas,
};
const framesPerSecond = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, work] of Object.entries(works)) {
    const startedAt = performance.now();
    const { length } = await work();
    framesPerSecond[name].push((length * 1000) / (performance.now() - startedAt));
  }
}
await rm(scratch, { recursive: true });

const tenths = (value) => Math.round(value * 10) / 10;
/** Of the same round, since the machine's load changes between rounds. */
const ratio = (a, b) =>
  framesPerSecond[b] &&
  Math.round(100 * median(framesPerSecond[a].map((value, i) => value / framesPerSecond[b][i]))) / 100;

keepResult('media', {
  goal: 'none; the machine was busy, so only the ratios say something',
  threads,
  frames: frames.length,
  frames_per_second_median: Object.fromEntries(
    Object.entries(framesPerSecond).map(([name, values]) => [name, tenths(median(values))]),
  ),
  ratios: {
    'read: node-av / ffmpeg as a child': ratio('read_node_av', 'read_ffmpeg'),
    'write: node-av / ffmpeg as a child': ratio('write_node_av', 'write_ffmpeg'),
    'read: RGBA by node-av / ffmpeg that throws away': ratio('read_node_av', 'read_ffmpeg_bare'),
    'still: sharp / canvas': ratio('still_png', 'still_png_by_canvas'),
  },
});
