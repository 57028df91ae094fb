import type { Dialect } from './dialect.ts';

/** A dialect that a payload may be in, and what of the payload speaks for it. */
export interface Fitting {
  readonly dialect: Dialect;
  readonly evidence: readonly string[];
}

/**
 * The dialects that fit a payload, by name. One whose evidence holds all of another's and more leaves that one out: what
 * speaks for the other speaks for it as well. None of those that are left is preferred.
 */
export function fittingDialects(payload: unknown, dialects: Iterable<Dialect>): readonly Fitting[] {
  const fitting: Fitting[] = [];
  for (const dialect of dialects) {
    const evidence = dialect.recognise(payload);
    if (evidence.length > 0) fitting.push({ dialect, evidence });
  }
  return fitting.filter((one) => !fitting.some((other) => saysMore(other, one)));
}

function saysMore(a: Fitting, b: Fitting): boolean {
  return a.evidence.length > b.evidence.length && b.evidence.every((item) => a.evidence.includes(item));
}

/** `coco (bbox:four, category_id)`. */
export const fittingText = ({ dialect, evidence }: Fitting): string => `${dialect.name} (${evidence.join(', ')})`;
