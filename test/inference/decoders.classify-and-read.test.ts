import { describe, expect, test } from 'vitest';
import { runOutputs, wideFrame } from './made-plugin.ts';

describe('a model that classifies', () => {
  const change = { dialect: 'class-score', labels: ['rain', 'sun', 'snow'] };
  const outputs = { output0: { shape: [1, 3], values: [Math.log(0.2), Math.log(0.7), Math.log(0.1)] } };

  test('gives its best class for the whole frame', async () => {
    const { detections, issues } = await runOutputs(outputs, { ...change, decoder: { name: 'classify' } });

    expect(issues).toEqual([]);
    expect(detections).toEqual([
      { label: 'sun', score: expect.closeTo(0.7, 5), x1: 0, y1: 0, x2: wideFrame.width, y2: wideFrame.height },
    ]);
  });

  test('gives several where they are wanted, and leaves out the weak', async () => {
    const decoder = { name: 'classify', count_max: 3, score_min: 0.15 };
    const { detections } = await runOutputs(outputs, { ...change, decoder });
    expect(detections.map(({ label }) => label)).toEqual(['sun', 'rain']);
  });

  test('takes scores as they are where it gives scores', async () => {
    const scores = { output0: { shape: [1, 3], values: [0.2, 0.3, 0.9] } };
    const { detections } = await runOutputs(scores, { ...change, decoder: { name: 'classify', activation: 'none' } });
    expect(detections).toMatchObject([{ label: 'snow', score: expect.closeTo(0.9, 5) }]);
  });

  test('has a score that is no number as an issue', async () => {
    const broken = { output0: { shape: [1, 3], values: [0.2, Number.NaN, 0.9] } };
    const { issues } = await runOutputs(broken, { ...change, decoder: { name: 'classify', activation: 'none' } });
    expect(issues).toMatchObject([{ code: 'not_finite' }]);
  });

  test('is refused with another count of classes, and with texts', async () => {
    const decoder = { name: 'classify' };
    const two = { output0: { shape: [1, 2], values: [0, 1] } };
    const texts = { output0: { ...outputs.output0, type: 'string' } } as const;

    await expect(runOutputs(two, { ...change, decoder })).rejects.toThrow(
      'classify with 3 labels reads numbers [1, 3]',
    );
    await expect(runOutputs(texts, { ...change, decoder })).rejects.toThrow('is string [1, 3]');
  });
});

describe('a model that reads text by CTC', () => {
  const change = { dialect: 'text-score', labels: ['clock'] };
  const decoder = { name: 'ctc', alphabet: '0123', activation: 'none' };

  /** Steps of one certain class each: 0 is the blank. */
  const steps = (classes: readonly number[], width = 5, score = 0.8) => ({
    output: {
      shape: [1, classes.length, width],
      values: classes.flatMap((one) => Array.from({ length: width }, (_, i) => (i === one ? score : 0.01))),
    },
  });

  test('takes repetitions once and leaves blanks out, which keep doubled characters apart', async () => {
    const { detections } = await runOutputs(steps([0, 2, 2, 0, 2, 3, 3, 0]), { ...change, decoder });

    expect(detections).toMatchObject([{ label: 'clock', text: '112', score: expect.closeTo(0.8, 5), x1: 0, x2: 128 }]);
  });

  test('may have its blank last', async () => {
    const { detections } = await runOutputs(steps([4, 1, 1, 4, 2]), {
      ...change,
      decoder: { ...decoder, blank: 'last' },
    });
    expect(detections).toMatchObject([{ text: '12' }]);
  });

  test('gives logits as well as scores', async () => {
    const { detections } = await runOutputs(steps([1, 2], 5, 30), {
      ...change,
      decoder: { ...decoder, activation: 'softmax' },
    });
    expect(detections).toMatchObject([{ text: '01', score: expect.closeTo(1, 5) }]);
  });

  test('gives an empty frame where there are only blanks, no steps, or a weak text', async () => {
    const weak = { ...change, decoder: { ...decoder, score_min: 0.9 } };

    expect(await runOutputs(steps([0, 0]), { ...change, decoder })).toMatchObject({ detections: [], issues: [] });
    expect(await runOutputs(steps([]), { ...change, decoder })).toMatchObject({ detections: [], issues: [] });
    expect(await runOutputs(steps([1]), weak)).toMatchObject({ detections: [], issues: [] });
  });

  test('gives a text with a score that is no number without it, and reports it', async () => {
    const { detections, issues } = await runOutputs(steps([1], 5, Number.NaN), { ...change, decoder });

    expect(detections).toMatchObject([{ text: '0' }]);
    expect(issues).toMatchObject([{ code: 'not_finite' }]);
  });

  test('is refused where its alphabet is not the model’s, and with texts', async () => {
    const texts = { output: { ...steps([1]).output, type: 'string' } } as const;

    await expect(runOutputs(steps([1], 12), { ...change, decoder })).rejects.toThrow(
      'ctc with an alphabet of 4 reads numbers [1, steps, 5]',
    );
    await expect(runOutputs(texts, { ...change, decoder })).rejects.toThrow('is string [1, 1, 5]');
  });
});
