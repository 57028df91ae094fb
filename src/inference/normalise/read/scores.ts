/** The best class of a row of logits with its probability, each class by itself (sigmoid) or all together (softmax). */
export function bestClass(logits: readonly number[], activation: 'sigmoid' | 'softmax'): readonly [number, number] {
  const highest = Math.max(...logits);
  const index = logits.indexOf(highest);
  if (activation === 'sigmoid') return [index, 1 / (1 + Math.exp(-highest))];
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  return [index, 1 / sum];
}
