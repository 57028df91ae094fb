import { describe, expect, test } from 'vitest';
import { type MadeOutputs, runOutputs } from './made-plugin.ts';

const decoder = { name: 'boxes', output: 'rows', score_min: 0.5, overlap_max: 0.5 };
const rows = { shape: [1, 1, 6], values: [0, 0, 1, 1, 0, 0] };
const linesOf = (value: number, shape: readonly number[] = [1, 32, 32]) => ({
  shape,
  values: Array<number>(shape.reduce((product, size) => product * size, 1)).fill(value),
});
const run = (outputs: MadeOutputs, pitch?: object) =>
  runOutputs({ rows, ...outputs }, { decoder, ...(pitch && { pitch }) });

describe('a model that sees lines', () => {
  test('has its frames searched for a pitch of the size that its manifest says', async () => {
    const { pitch, pitchMs } = await run({ seen: linesOf(0) }, { lines: 'seen', length_m: 120, width_m: 70 });

    expect(pitch).toEqual({
      ...{ accepted: false, pitch: { lengthM: 120, widthM: 70 }, keyPoints: [], inlierCount: 0 },
      reason: 'no lines of a pitch are seen',
    });
    expect(pitchMs).toBeGreaterThanOrEqual(0);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e30])('may give %j everywhere', async (value) => {
    expect((await run({ seen: linesOf(value) }, { lines: 'seen' })).pitch).toMatchObject({ accepted: false });
  });

  test('is not asked for them where the manifest does not say so', async () => {
    expect(await run({ seen: linesOf(0) })).not.toHaveProperty('pitch');
  });

  test('is refused before the first frame where the output is not there, or of another shape', async () => {
    await expect(run({}, { lines: 'seen' })).rejects.toMatchObject({
      ...{ code: 'plugin_broken', message: expect.stringContaining('the model has no output seen; it has rows') },
    });
    await expect(run({ seen: linesOf(0, [1, 2, 32, 32]) }, { lines: 'seen' })).rejects.toMatchObject({
      message: expect.stringContaining(
        'the output seen is float32 [1, 2, 32, 32]; the search for the pitch reads numbers',
      ),
    });
  });
});
