import { describe, expect, test } from 'vitest';
import { makePace, type PaceOptions } from '../../src/inference/overlay/pace.ts';

/** What becomes of frames at 25 a second. @param nowOf when each is about to be drawn, ms */
function outcomes(options: Partial<PaceOptions>, count: number, nowOf: (index: number) => number) {
  const pace = makePace({ fpsMax: 0, deadlineMs: 0, ...options });
  return Array.from({ length: count }, (_, i) => pace({ timeMs: i * 40, nowMs: 5_000 + nowOf(i), isWanted: false }));
}

const inTime = (index: number) => index * 40;
const indexesOf = (paced: ReturnType<typeof outcomes>, outcome: string) =>
  paced.flatMap((one, i) => (one.outcome === outcome ? [i] : []));

describe('max_fps', () => {
  test('draws the first frame of each slot of the input’s time', () => {
    expect(indexesOf(outcomes({ fpsMax: 10 }, 11, inTime), 'drawn')).toEqual([0, 3, 5, 8, 10]);
  });

  test('throttles the same frames however fast the machine is', () => {
    const slow = outcomes({ fpsMax: 7 }, 100, (i) => i * 900);
    expect(slow).toEqual(outcomes({ fpsMax: 7 }, 100, () => 0));
    expect(indexesOf(slow, 'drawn')).toHaveLength(28);
    expect(indexesOf(slow, 'throttled')).toHaveLength(72);
  });

  test.each([0, 25, 30, 1000])('of %d throttles nothing of 25 a second', (fpsMax) => {
    expect(indexesOf(outcomes({ fpsMax }, 100, inTime), 'drawn')).toHaveLength(100);
  });

  test('may be less than one', () => {
    expect(indexesOf(outcomes({ fpsMax: 0.5 }, 100, inTime), 'drawn')).toEqual([0, 50]);
  });
});

describe('a deadline', () => {
  test('skips nothing on a machine that keeps up', () => {
    const paced = outcomes({ deadlineMs: 20 }, 50, (i) => i * 40 + (i % 3) * 5);
    expect(indexesOf(paced, 'drawn')).toHaveLength(50);
  });

  test('skips what comes too late, and the next frame tells how many', () => {
    const delays = [0, 0, 90, 120, 60, 30, 0];
    const paced = outcomes({ deadlineMs: 50 }, 7, (i) => i * 40 + (delays[i] ?? 0));

    expect(indexesOf(paced, 'skipped')).toEqual([2, 3, 4]);
    expect(paced.map(({ droppedFrames }) => droppedFrames)).toEqual([0, 0, 0, 0, 0, 3, 0]);
  });

  test('gives no credit for having been early', () => {
    const paced = outcomes({ deadlineMs: 50 }, 6, (i) => (i < 5 ? i : 4 + 40 + 60));
    expect(indexesOf(paced, 'skipped')).toEqual([5]);
  });

  test('that is never met still shows a frame each second', () => {
    const paced = outcomes({ deadlineMs: 1 }, 100, (i) => i * 200);
    expect(indexesOf(paced, 'drawn')).toEqual([0, 25, 50, 75]);
    expect(paced[25]?.droppedFrames).toBe(24);
  });

  test('and max_fps together: a throttled frame is no skipped one', () => {
    const paced = outcomes({ fpsMax: 5, deadlineMs: 1 }, 26, (i) => i * 200);
    expect(indexesOf(paced, 'drawn')).toEqual([0, 25]);
    expect(indexesOf(paced, 'throttled')).toEqual([1, 2, 3, 4]);
    expect(indexesOf(paced, 'skipped')).toHaveLength(20);
  });
});

test('a frame that somebody wants is drawn in any case', () => {
  const pace = makePace({ fpsMax: 1, deadlineMs: 1 });
  pace({ timeMs: 0, nowMs: 0, isWanted: false });
  expect(pace({ timeMs: 40, nowMs: 9_000, isWanted: true })).toEqual({ outcome: 'drawn', droppedFrames: 0 });
});
