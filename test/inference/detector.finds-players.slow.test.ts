import { describe, expect, test } from 'vitest';
import { detectInClip, idsOfObjects, readTruth, scoreOf } from './football.ts';

describe('the player tracker', () => {
  test('finds the players of the sample clip and tells their shirts', async () => {
    const score = scoreOf(await readTruth(), await detectInClip());

    expect(score.recall).toBeGreaterThan(0.97);
    expect(score.precision).toBeGreaterThan(0.95);
    expect(score.rightLabels).toBeGreaterThan(0.98);
    expect(score.ballRecall).toBeGreaterThan(0.95);
  });

  test('keeps the id of a player from the beginning to the end', async () => {
    const ids = idsOfObjects(await readTruth(), await detectInClip());
    const withOneId = ids.filter((one) => one.size === 1);

    expect(ids.length).toBeGreaterThan(20);
    expect(withOneId.length / ids.length).toBeGreaterThan(0.85);
  });
});
