import { createCanvas } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { makeImage } from '../../src/inference/letterbox.ts';
import { figuresOf, makeScene, openToolRun } from './football.ts';
import { radarOfScene } from './radar.ts';

/** The search for the pitch was tuned on scenes 1 to 40. */
const unseen = [7001, 7002, 7003, 7004, 7005];
const frame = { width: 1280, height: 720 };

test.each(unseen)('the radar of the unseen clip %i is within half a metre, in nearly every frame', async (seed) => {
  const score = await radarOfScene(seed, { frameCount: 25, stepMs: 80 });
  process.stdout.write(`radar, scene ${seed}: ${figuresOf(score)}\n`);

  expect(score.accepted).toBeGreaterThanOrEqual(0.9);
  expect(score.medianM).toBeLessThanOrEqual(0.5);
  expect(score.exactMedianM).toBeLessThanOrEqual(0.05);
  expect(score.exactMaxM).toBeLessThanOrEqual(0.5);
});

/** A part of the scene as large as a whole frame. */
function closeUp(seed: number, { x, y, width }: { x: number; y: number; width: number }): Uint8Array {
  const whole = createCanvas(frame.width, frame.height);
  whole.getContext('2d').putImageData(makeImage(frame)(new Uint8Array(makeScene(seed)(500).rgba.buffer)), 0, 0);
  const canvas = createCanvas(frame.width, frame.height);
  const scale = frame.width / width;
  canvas.getContext('2d').setTransform(scale, 0, 0, scale, -scale * x, -scale * y);
  canvas.getContext('2d').drawImage(whole, 0, 0);
  return canvas.data();
}

const filled = (colour: readonly number[]) =>
  Uint8Array.from({ length: frame.width * frame.height * 4 }, (_, i) => colour[i % 4] ?? 255);

test('no radar is shown where no pitch is: crowd, close-ups, grass, nothing', async () => {
  const { run, close } = await openToolRun();
  const crowd = unseen.map((seed) => closeUp(seed, { x: 300, y: 0, width: 200 }));
  const players = unseen.map((seed) => closeUp(seed, { x: 60, y: 500, width: 320 }));
  const touchlines = unseen.map((seed) => closeUp(seed, { x: 0, y: 100, width: 250 }));
  const colours = [filled([0, 0, 0, 255]), filled([55, 128, 52, 255]), filled([255, 255, 255, 255])];
  const said: (string | undefined)[] = [];
  for (const rgba of [...crowd, ...players, ...touchlines, ...colours]) {
    const { pitch } = await run({ ...frame, rgba });
    said.push(pitch?.accepted === false ? pitch.reason : undefined);
  }
  await close();

  expect(said).toHaveLength(18);
  expect(said).toEqual(
    said.map(() => expect.stringMatching(/^no lines of a pitch|^the lines that are seen are not told/)),
  );
});
