import { expect, test } from 'vitest';
import { detectInScene, figuresOf, scoreOf } from './football.ts';
import { motScoreOf } from './mota.ts';

/** The plugin was tuned on scenes 1 to 40, the parameters of the tracker were chosen on 51 to 60. */
const unseen = [7001, 7002, 7003, 7004, 7005];

type Labelled = readonly (readonly { readonly label: string }[])[];
const withoutBall = <T extends Labelled>(frames: T) =>
  frames.map((frame) => frame.filter(({ label }) => label !== 'ball')) as unknown as T;

test.each(unseen)('the players of the unseen clip %i keep their ids', async (seed) => {
  const { objects, detections } = await detectInScene(seed, { frameCount: 75, stepMs: 40 });
  const all = motScoreOf(objects, detections);
  const players = motScoreOf(withoutBall(objects), withoutBall(detections));
  const { ballRecall } = scoreOf(objects, detections);
  process.stdout.write(
    `scene ${seed}: players ${figuresOf(players)}; with the ball ${figuresOf({ ...all, ballRecall })}\n`,
  );

  expect(players.mota).toBeGreaterThanOrEqual(0.9);
  expect(all.switchCount).toBeLessThanOrEqual(3);
});
