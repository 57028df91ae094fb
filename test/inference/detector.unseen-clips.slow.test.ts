import { expect, test } from 'vitest';
import { detectInScene, figuresOf, scoreOf } from './football.ts';

/** The plugin was tuned on scenes 1 to 40. */
const unseen = [7001, 7002, 7003, 7004, 7005];

test('the player tracker finds the players of clips that it was not tuned on, and tells their shirts', async () => {
  const clips = await Promise.all(unseen.map((seed) => detectInScene(seed, { frameCount: 25, stepMs: 80 })));
  const score = scoreOf(
    clips.flatMap(({ objects }) => objects),
    clips.flatMap(({ detections }) => detections),
  );
  process.stdout.write(`player-tracker, scenes ${unseen.join(', ')}: ${figuresOf(score)}\n`);

  expect(score.recall).toBeGreaterThanOrEqual(0.95);
  expect(score.precision).toBeGreaterThanOrEqual(0.95);
  expect(score.rightLabels).toBeGreaterThanOrEqual(0.97);
  expect(score.ballRecall).toBeGreaterThanOrEqual(0.8);
});
