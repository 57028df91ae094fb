import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { activation, scoresOf } from './scores.ts';
import { output } from './select.ts';
import { jsonNumber, readOutput } from './tensors.ts';

const options = z.strictObject({
  name: z.literal('classify'),
  output: output('output0'),
  activation: activation.default('softmax').describe('`none` where the model gives scores of 0 to 1 already'),
  score_min: z.number().min(0).max(1).default(0).describe('classes with a lower score are left out'),
  count_max: z.int().min(1).max(1000).default(1).describe('so many classes of a frame at most, the best first'),
});

/**
 * What the whole frame shows.
 *
 * Reads [1, labels]: one number a label.
 * Source: https://github.com/onnx/models, vision/classification, and Ultralytics' `-cls` models (activation `none`)
 */
export const classify = defineDecoder(options, 'class-score', (outputs, given, { labels }) => {
  const { values } = readOutput(outputs, given.output, [labels.length], `classify with ${labels.length} labels`);
  const ranked = scoresOf(values, given.activation)
    .map((score, classIndex) => ({ score, classIndex }))
    .filter(({ score }) => !(score < given.score_min))
    .sort((a, b) => orderOf(b.score) - orderOf(a.score));
  const rows = ranked.slice(0, given.count_max).map(({ score, classIndex }) => [classIndex, jsonNumber(score)]);
  return { payload: rows, issues: [] };
});

/** What is no number comes first, to be seen. */
const orderOf = (score: number): number => (Number.isNaN(score) ? 2 : score);
