import type { Unit } from './candidate.ts';

const names: Readonly<Record<string, string>> = {
  1: 'ratio',
  100: 'percent',
  'frame px': 'px',
  'input px': 'px of the input',
  'px or ratio': 'px or ratio',
};

/** What a dialect counts in, in words. */
export const unitText = (unit: Unit): string => names[unit] ?? `0 to ${unit}`;
