/**
 * What a job costs beside its model and its codec, on the sample clip, 1280 × 720 px, one thread a stage:
 * telemetry by a replay of its own events; decoding, model, drawing and encoding side by side against the same stages one
 * after the other; three jobs at once against the same three in a row. Runs alternate, so that a busy minute hits all.
 *
 * Beside the rates stands the CPU time that each thread took, which says also on a busy machine what two idle cores could
 * give: no frame can take less than the thread of the model needs for it, nor less than half of what all threads need.
 *
 *   npm run build && node bench/pipeline.mjs [rounds]      (half a minute a round)
 *
 * The result is printed and kept in bench/results/pipeline.json.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openJobEmitter } from '../dist/emitters/index.js';
import { openForm } from '../dist/inference/forms/index.js';
import { runJob } from '../dist/inference/index.js';
import { openMedia, openVideoFile } from '../dist/inference/media/index.js';
import { makeOverlay } from '../dist/inference/overlay/draw.js';
import { findPlugin, toolOf } from '../dist/inference/registry.js';
import { makeToolRun } from '../dist/inference/tool-run.js';
import { readSettings } from '../dist/settings.js';
import { cpuMsOf, ownCpuMs } from './cpu-time.mjs';
import { keepResult, median } from './results.mjs';

const roundCount = Number(process.argv[2] ?? 5);
const plugin = 'player-tracker';
const input = fileURLToPath(new URL('../samples/football.mp4', import.meta.url));
const jobsAtOnce = 3;
/** What the prototype reached with the same codec and settings, one stage after the other: with one thread, with two. */
const prototypeFps = { oneThread: 14.8, twoThreads: 18.5 };

/** @param {(folder: string) => Promise<any>} use */
async function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'siltstone-bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** One job with a video. @returns its events, how long its frames took and the CPU time of one of them, ms */
async function runOne(warehouse, jobId) {
  const settings = readSettings({ jobs_at_once: jobsAtOnce });
  const video = join(warehouse, `${jobId}.mp4`);
  const readEvents = () => eventsIn(join(warehouse, 'inbox', jobId));
  const cpu = [];
  const onProgress = () => cpu.push(cpuMsOf(readEvents().find(({ event }) => event === 'stream.opened').pid));
  const result = await runJob({ warehouse, jobId, plugin, input, video, settings, onProgress });
  if (result.status !== 'done') throw new Error(result.error?.message);
  const events = readEvents();
  const at = (status) => Date.parse(events.find((one) => one.status === status).ts);
  const [begin, end] = [cpu[0], cpu.at(-1)];
  const perFrame = (name) => (end[name] - begin[name]) / (cpu.length - 1);
  const cpuMs = { modelThread: perFrame('first'), allThreads: perFrame('all') };
  return { events, framesMs: at('done') - at('running'), cpuMs };
}

function eventsIn(folder) {
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const lines = texts.flatMap((text) => text.split('\n').slice(0, -1));
  return lines.map((line) => JSON.parse(line));
}

/** The same stages, each awaited before the next begins, in this process. @returns times of all frames, ms */
async function framesInARow(folder) {
  const found = await findPlugin(plugin);
  const tool = toolOf(found);
  const media = await openMedia(input, 1);
  const form = await openForm(found, { tool: tool.name, provider: 'cpu', threads: 1 });
  const run = makeToolRun({ plugin: found, tool, form });
  const overlay = makeOverlay({ layers: ['players', 'ball'] });
  const { width, height, framesPerSecond } = media;
  const path = join(folder, 'row.mp4');
  const video = await openVideoFile({ path, jobId: 'row', threads: 1, width, height, framesPerSecond });
  const cpuMs = { decode: 0, model: 0, draw: 0, encode: 0 };
  const counted = async (stage, work) => {
    const startedAt = ownCpuMs();
    const result = await work();
    cpuMs[stage] += ownCpuMs() - startedAt;
    return result;
  };
  const frames = media.frames[Symbol.asyncIterator]();
  const framesMs = await timed(async () => {
    for (;;) {
      const { done, value: frame } = await counted('decode', () => frames.next());
      if (done) break;
      const { detections } = await counted('model', () => run(frame));
      const drawn = await counted('draw', () => overlay.draw(frame, detections));
      await counted('encode', () => video.add({ ...drawn, timeMs: frame.timeMs }));
    }
    await counted('encode', () => video.finish());
  });
  await form.close();
  await media.close();
  return { framesMs, cpuMs };
}

/** Writes a job's events again, as its pipeline does: flushed frame by frame. @returns ms */
async function telemetry(warehouse, events) {
  const emitter = openJobEmitter({ warehouse, jobId: 'replay', plugin });
  const ms = await timed(async () => {
    for (const { event, job_id, seq, ts, ...fields } of events.slice(1)) {
      emitter.eventLog.appendUnknown(event, fields);
      if (event === 'overlay.frame') await emitter.flush();
    }
  });
  emitter.close();
  return ms;
}

const sum = (events, field) => events.reduce((total, one) => total + (one[field] ?? one.attrs?.[field] ?? 0), 0);

/** Each stage's part of a frame, ms. */
function stagesOf(events, telemetryMs) {
  const runs = events.filter(({ event }) => event === 'plugin.run');
  const overlays = events.filter(({ event }) => event === 'overlay.frame');
  const perFrame = (total) => Math.round((total / runs.length) * 1000) / 1000;
  return {
    decode: perFrame(sum(runs, 'decode_ms')),
    preprocess: perFrame(sum(runs, 'preprocess_ms')),
    inference: perFrame(sum(runs, 'inference_ms')),
    postprocess: perFrame(sum(runs, 'postprocess_ms')),
    render: perFrame(sum(overlays, 'render_time_ms')),
    encode: perFrame(sum(overlays, 'encode_ms')),
    telemetry: perFrame(telemetryMs),
  };
}

async function round(folder) {
  const inARow = await framesInARow(folder);
  const single = await runOne(folder, 'single');
  const telemetryMs = await telemetry(folder, single.events);
  const ids = Array.from({ length: jobsAtOnce }, (_, i) => i);
  const sumMs = await timed(async () => {
    for (const i of ids) await runOne(folder, `row-${i}`);
  });
  const atOnceMs = await timed(() => Promise.all(ids.map((i) => runOne(folder, `once-${i}`))));
  return { inARow, single, stages: stagesOf(single.events, telemetryMs), sumMs, atOnceMs };
}

/** What is asked of the pipeline, from one round. */
function judge({ inARow, single, stages, sumMs, atOnceMs }) {
  const frameCount = single.events.filter(({ event }) => event === 'plugin.run').length;
  const totalMs = Object.values(stages).reduce((all, ms) => all + ms, 0);
  const cpuInARow = Object.values(inARow.cpuMs).reduce((all, ms) => all + ms, 0) / frameCount;
  const { modelThread, allThreads } = single.cpuMs;
  const overlappedFps = (frameCount * 1000) / single.framesMs;
  return {
    ...Object.fromEntries(Object.entries(stages).map(([name, ms]) => [`stage ${name}`, ms])),
    ...Object.fromEntries(Object.entries(inARow.cpuMs).map(([name, ms]) => [`cpu ${name}`, ms / frameCount])),
    'cpu in a row': cpuInARow,
    'cpu model thread': modelThread,
    'cpu all threads': allThreads,
    'fps in a row': (frameCount * 1000) / inARow.framesMs,
    'fps side by side': overlappedFps,
    'side by side / in a row': inARow.framesMs / single.framesMs,
    'side by side / in a row, of two idle cores at best': cpuInARow / Math.max(modelThread, allThreads / 2),
    'side by side / prototype in a row, one thread': overlappedFps / prototypeFps.oneThread,
    'side by side / prototype in a row, two threads': overlappedFps / prototypeFps.twoThreads,
    'three at once / their sum': atOnceMs / sumMs,
    'telemetry / frame': stages.telemetry / totalMs,
    'all but model and codec / frame':
      (stages.preprocess + stages.postprocess + stages.render + stages.telemetry) / totalMs,
  };
}

const rounds = [];
for (let i = 0; i < roundCount; i++) rounds.push(judge(await inFolder(round)));
const rounded = (value) => Math.round(value * 1000) / 1000;
const figures = (names) =>
  Object.fromEntries(
    names.map((name) => {
      const values = rounds.map((one) => one[name]);
      return [name.replace(/^(stage|cpu) /, ''), { median: rounded(median(values)), all: values.map(rounded) }];
    }),
  );
const named = (prefix) => Object.keys(rounds[0]).filter((name) => name.startsWith(prefix));
keepResult('pipeline', {
  goal: 'side by side / in a row >= 1.4, three at once / their sum <= 1.1, telemetry <= 0.01, all but model and codec <= 0.25',
  roundCount,
  load: loadavg().map(rounded),
  clip: '1280 × 720, 75 frames, with an annotated video; one thread for the model, one for the decoder, one for x264 veryfast',
  ratios: figures(Object.keys(rounds[0]).filter((name) => name.includes(' / '))),
  framesPerSecond: figures(named('fps ')),
  msPerFrame: figures(named('stage ')),
  cpuMsPerFrame: figures(named('cpu ')),
});
