import type { Series, Totals } from './totals.ts';

/**
 * Totals that nobody has seen higher: pure. Somebody may delete lines that were counted while they were hot; to whoever
 * scrapes, a counter that falls was begun anew, and its whole total came since.
 */
export function neverBelow(seen: Totals['families'], now: Totals['families']): Totals['families'] {
  const families = new Map(now);
  for (const [name, series] of seen) {
    const raised = new Map(families.get(name));
    for (const [key, before] of series) raised.set(key, higherOf(before, raised.get(key)));
    families.set(name, raised);
  }
  return families;
}

function higherOf(before: Series, after: Series | undefined): Series {
  if (after === undefined) return before;
  if (after.at !== undefined) return after;
  const value = Math.max(before.value, after.value);
  const buckets = after.buckets?.map((count, i) => Math.max(count, before.buckets?.[i] ?? 0));
  return { labels: after.labels, value, ...(buckets && { buckets }) };
}
