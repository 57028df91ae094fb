import { z } from 'zod';

/** How a model's numbers become scores of 0 to 1. */
export const activation = z.enum(['softmax', 'sigmoid', 'none']);

export type Activation = z.infer<typeof activation>;

/** The scores of one row. A value that is no number makes those that depend on it none. */
export function scoresOf(logits: ArrayLike<number>, how: Activation): readonly number[] {
  const values = Array.from(logits);
  if (how === 'none') return values;
  if (how === 'sigmoid') return values.map((value) => 1 / (1 + Math.exp(-value)));
  // The highest is subtracted so that no power grows beyond what a number can hold.
  const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = values.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
