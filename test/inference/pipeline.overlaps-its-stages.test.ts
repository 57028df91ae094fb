import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runJob } from '../../src/inference/index.ts';
import { clipPath } from './football.ts';
import { type Line, ofKind, readEvents } from './inbox.ts';
import { modulePlugin } from './module-plugin.ts';
import { tempDir } from './temp-dir.ts';

/** From its begin to its end, ms since the job began to run. */
type Interval = readonly [fromMs: number, toMs: number];

const framesMax = 20;
let decoded: readonly Interval[];
let run: readonly Interval[];
let drawn: readonly Interval[];

describe('while one frame is in the model', () => {
  beforeAll(async () => {
    const warehouse = tempDir();
    const video = join(warehouse, 'seen.mp4');
    const { jobId } = await runJob({ warehouse, plugin: 'player-tracker', input: clipPath, framesMax, video });
    const events = readEvents(warehouse, jobId);
    const runs = ofKind(events, 'plugin.run');
    decoded = runs.map((one) => intervalOf(one, 'decode_at_ms', 'decode_ms'));
    run = runs.map((one) => interval(Number(one.attrs?.run_at_ms), Number(one.duration_ms)));
    drawn = ofKind(events, 'overlay.frame').map((one) =>
      interval(Number(one.attrs?.render_at_ms), Number(one.render_time_ms) + Number(one.attrs?.encode_ms)),
    );
  });

  // Of all frames but the first and the last ones it is asked half: a busy machine gives a thread its turn when it likes.
  test('a later one is decoded', () => {
    const count = run.filter((one, i) => decoded.slice(i + 1).some((later) => overlap(one, later))).length;

    expect(run).toHaveLength(framesMax);
    expect(count).toBeGreaterThan(framesMax / 2);
  });

  test('the one before it is drawn and encoded', () => {
    const count = run.slice(1).filter((one, i) => overlap(one, drawn[i] as Interval)).length;

    expect(drawn).toHaveLength(framesMax);
    expect(count).toBeGreaterThan(framesMax / 2);
  });

  test('nothing is taken before its turn', () => {
    const isInOrder = run.map(([begins], i) => (decoded[i]?.[1] ?? 0) <= begins + 1 && begins <= (drawn[i]?.[0] ?? 0));

    expect(isInOrder).toEqual(Array(framesMax).fill(true));
  });
});

test('a module may compare a frame with those before it', async () => {
  const warehouse = tempDir();
  const keepsFrames = `
    const { rgba } = arguments[0];
    if (rgba.length !== (before ?? rgba).length) throw new Error('the frame before is gone');
    before = rgba;`;
  const pluginDirs = [modulePlugin(keepsFrames, 'let before;')];
  const result = await runJob({ warehouse, plugin: 'made', pluginDirs, input: clipPath, framesMax: 5 });

  expect(result).toMatchObject({ status: 'done', frameCount: 5 });
});

const interval = (fromMs: number, ms: number): Interval => [fromMs, fromMs + ms];

const intervalOf = ({ attrs }: Line, at: string, ms: string): Interval =>
  interval(Number(attrs?.[at]), Number(attrs?.[ms]));

const overlap = (one: Interval, other: Interval): boolean => one[0] < other[1] && other[0] < one[1];
