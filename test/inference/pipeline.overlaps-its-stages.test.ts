import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runJob } from '../../src/inference/index.ts';
import { clipPath } from './football.ts';
import { type Line, ofKind, readEvents } from './inbox.ts';
import { modulePlugin } from './module-plugin.ts';
import { tempDir } from './temp-dir.ts';

const framesMax = 20;

test('while one frame is in the model, a later one is decoded and the one before it drawn and encoded', async () => {
  const { decoded, run, drawn } = await stagesOfJob();
  const whileDecoding = run.filter((one, i) => decoded.slice(i + 1).some((later) => overlap(one, later)));
  const whileDrawing = run.slice(1).filter((one, i) => overlap(one, drawn[i]));

  // A busy machine gives a thread its turn when it likes: half of the frames are enough.
  expect(whileDecoding.length).toBeGreaterThan(framesMax / 2);
  expect(whileDrawing.length).toBeGreaterThan(framesMax / 2);
});

test('each frame is decoded, then run, then drawn, and no stage has two at a time', async () => {
  const { decoded, run, drawn } = await stagesOfJob();
  const perFrame = run.map((one, i) => [decoded[i], one, drawn[i]]);

  expect(perFrame.filter((one) => !isInOrder(one))).toEqual([]);
  expect([decoded, run, drawn].map(isInOrder)).toEqual([true, true, true]);
});

test('a module may compare a frame with the one before', async () => {
  const warehouse = tempDir();
  const keepsFrames = `
    const { rgba } = arguments[0];
    if (rgba.length !== (before ?? rgba).length) throw new Error('the frame before is gone');
    before = rgba;`;
  const pluginDirs = [modulePlugin(keepsFrames, 'let before;')];
  const result = await runJob({ warehouse, plugin: 'made', pluginDirs, input: clipPath, framesMax: 5 });

  expect(result).toMatchObject({ status: 'done', frameCount: 5 });
});

/** From its begin to its end, ms since the job began to run. */
type Interval = readonly [fromMs: number, toMs: number];

/** Every frame's way through a job that writes a video. */
async function stagesOfJob() {
  const warehouse = tempDir();
  const video = join(warehouse, 'seen.mp4');
  const { jobId } = await runJob({ warehouse, plugin: 'player-tracker', input: clipPath, framesMax, video });
  const events = readEvents(warehouse, jobId);
  const runs = ofKind(events, 'plugin.run');
  const overlays = ofKind(events, 'overlay.frame');
  return {
    decoded: runs.map((one) => interval(one, 'decode_at_ms', 'decode_ms')),
    run: runs.map((one) => interval(one, 'run_at_ms', 'duration_ms')),
    drawn: overlays.map((one) => interval(one, 'render_at_ms', 'render_time_ms', 'encode_ms')),
  };
}

function interval({ attrs, ...fields }: Line, at: string, ...parts: readonly string[]): Interval {
  const numberOf = (name: string) => Number(attrs?.[name] ?? fields[name]);
  const fromMs = numberOf(at);
  return [fromMs, parts.reduce((toMs, part) => toMs + numberOf(part), fromMs)];
}

const overlap = (one: Interval, other: Interval | undefined): boolean =>
  other !== undefined && one[0] < other[1] && other[0] < one[1];

/** Within a millisecond: each thread has a clock of its own. */
const isInOrder = (intervals: readonly (Interval | undefined)[]): boolean =>
  intervals.every((one, i) => i === 0 || (intervals[i - 1]?.[1] ?? Number.NaN) <= (one?.[0] ?? Number.NaN) + 1);
