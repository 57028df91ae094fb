import type { Found } from './totals.ts';

/** The hot lines of a stream when the oldest of them was noticed. */
interface Noticed {
  /** Behind the last line that was hot then. */
  readonly lines: number;
  /** ms since 1970. */
  readonly at: number;
}

/** By stream. */
export type Pending = ReadonlyMap<string, Noticed>;

/**
 * What waits for compaction, each stream since it was noticed: pure. By our own clock, as that of an event may say anything.
 * Once all that was noticed is taken, what came after it counts as noticed now.
 */
export function pendingAfter(before: Pending, found: readonly Found[], now: number): Pending {
  const hot = found.filter(({ family }) => family === 'pending');
  return new Map(
    hot.map(({ labels: [stream = ''], value, at_us: firstLine }) => {
      const known = before.get(stream);
      const isKnown = known !== undefined && (firstLine ?? 0) < known.lines;
      return [stream, isKnown ? known : { lines: value ?? 0, at: now }];
    }),
  );
}

/** When the oldest of it was noticed, ms since 1970; undefined where nothing waits. */
export function oldestOf(pending: Pending): number | undefined {
  const times = [...pending.values()].map(({ at }) => at);
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}
