import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { activation, scoresOf } from './scores.ts';
import { bestOf, output } from './select.ts';
import { jsonNumber, readOutput } from './tensors.ts';

const options = z.strictObject({
  name: z.literal('ctc'),
  output: output('output'),
  alphabet: z.string().min(1).describe('a character for each class, in the model’s order, without the blank'),
  blank: z.enum(['first', 'last']).default('first').describe('where the class for “no character” stands'),
  activation: activation.default('softmax').describe('`none` where the model gives scores of 0 to 1 already'),
  score_min: z.number().min(0).max(1).default(0.5).describe('a text with a lower score is left out'),
});

interface Read {
  readonly character: string;
  readonly score: number;
}

/**
 * A line of text by connectionist temporal classification, read greedily: the best class of each step, repetitions
 * taken once, blanks left out. The score is the mean of the characters'.
 *
 * Reads [1, steps, characters + 1].
 * Source: https://www.cs.toronto.edu/~graves/icml_2006.pdf, section 3.2; PaddleOCR's CTCLabelDecode
 */
export const ctc = defineDecoder(options, 'text-score', (outputs, given) => {
  // By code points: a character beyond the first 65536 is one class.
  const characters = [...given.alphabet];
  const width = characters.length + 1;
  const reader = `ctc with an alphabet of ${characters.length}`;
  const { values, sizes } = readOutput(outputs, given.output, ['steps', width], reader);
  const classes = given.blank === 'first' ? ['', ...characters] : [...characters, ''];
  const read: Read[] = [];
  let last = -1;
  for (let step = 0; step < (sizes[0] ?? 0); step++) {
    const scores = scoresOf(values.subarray(step * width, (step + 1) * width), given.activation);
    const { index, value } = bestOf(scores, 0, width);
    const character = classes[index] ?? '';
    if (Number.isNaN(value) || (index !== last && character !== '')) read.push({ character, score: value });
    last = index;
  }
  if (read.length === 0) return { payload: [], issues: [] };
  const score = read.reduce((total, one) => total + one.score, 0) / read.length;
  const text = read.map(({ character }) => character).join('');
  return { payload: score < given.score_min ? [] : [[text, jsonNumber(score)]], issues: [] };
});
