/**
 * What a job costs beside its model and its codec, on the sample clip, 1280 × 720 px, one thread a stage:
 * telemetry by a replay of its own events; decoding, model and encoding side by side against the same stages one after
 * the other; three jobs at once against the same three in a row. Runs alternate, so that a busy minute hits all.
 *
 *   npm run build && node bench/pipeline.mjs [rounds]
 *
 * The result is printed and kept in bench/results/pipeline.json.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
import { keepResult, median } from './results.mjs';

const roundCount = Number(process.argv[2] ?? 5);
const plugin = 'player-tracker';
const input = fileURLToPath(new URL('../samples/football.mp4', import.meta.url));
const jobsAtOnce = 3;

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

/** One job with a video. @returns its events, with how long its frames took, ms */
async function runOne(warehouse, jobId) {
  const settings = readSettings({ jobs_at_once: jobsAtOnce });
  const video = join(warehouse, `${jobId}.mp4`);
  const result = await runJob({ warehouse, jobId, plugin, input, video, settings });
  if (result.status !== 'done') throw new Error(result.error?.message);
  const folder = join(warehouse, 'inbox', jobId);
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const events = texts.flatMap((text) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
  const at = (status) => Date.parse(events.find((one) => one.status === status).ts);
  return { events, framesMs: at('done') - at('running') };
}

/** The same stages, each awaited before the next begins, in this process. */
async function framesInARow(folder) {
  const found = await findPlugin(plugin);
  const tool = toolOf(found);
  const media = await openMedia(input, 1);
  const form = await openForm(found, { tool: tool.name, provider: 'cpu', threads: 1 });
  const run = makeToolRun({ plugin: found, tool, form });
  const overlay = makeOverlay();
  const { width, height, framesPerSecond } = media;
  const path = join(folder, 'row.mp4');
  const video = await openVideoFile({ path, jobId: 'row', threads: 1, width, height, framesPerSecond });
  return timed(async () => {
    for await (const frame of media.frames) {
      const { detections } = await run(frame);
      await video.add({ ...overlay.draw(frame, detections), timeMs: frame.timeMs });
    }
    await video.finish();
    await form.close();
    await media.close();
  });
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
  const inARowMs = await framesInARow(folder);
  const single = await runOne(folder, 'single');
  const telemetryMs = await telemetry(folder, single.events);
  const ids = Array.from({ length: jobsAtOnce }, (_, i) => i);
  const sumMs = await timed(async () => {
    for (const i of ids) await runOne(folder, `row-${i}`);
  });
  const atOnceMs = await timed(() => Promise.all(ids.map((i) => runOne(folder, `once-${i}`))));
  const stages = stagesOf(single.events, telemetryMs);
  const total = Object.values(stages).reduce((all, ms) => all + ms, 0);
  return {
    stages,
    telemetryShare: stages.telemetry / total,
    otherShare: (stages.preprocess + stages.postprocess + stages.render + stages.telemetry) / total,
    overlapGain: inARowMs / single.framesMs,
    atOnceToSum: atOnceMs / sumMs,
  };
}

const rounds = [];
for (let i = 0; i < roundCount; i++) rounds.push(await inFolder(round));
const mid = (pick) => Math.round(median(rounds.map(pick)) * 10_000) / 10_000;
const stageNames = Object.keys(rounds[0].stages);
keepResult('pipeline', {
  roundCount,
  clip: '1280 × 720, 75 frames, with an annotated video',
  msPerFrame: Object.fromEntries(stageNames.map((name) => [name, mid(({ stages }) => stages[name])])),
  telemetryShare: mid((one) => one.telemetryShare),
  shareBesideModelAndCodec: mid((one) => one.otherShare),
  timesTheRateInARow: mid((one) => one.overlapGain),
  threeAtOnceToTheirSum: mid((one) => one.atOnceToSum),
});
