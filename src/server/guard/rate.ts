/** How long a caller must wait, ms; 0 where it need not. */
export type RateLimit = (peer: string) => number;

interface Bucket {
  tokens: number;
  filledAt: number;
}

const peersMax = 10_000;

/**
 * A bucket of tokens for each peer, which fills by `perSecond` up to one second's worth: short bursts pass, floods do not.
 * @param perSecond 0 for no limit
 */
export function rateLimit(perSecond: number, now: () => number = () => performance.now()): RateLimit {
  const buckets = new Map<string, Bucket>();
  if (perSecond === 0) return () => 0;
  return (peer) => {
    const at = now();
    const bucket = buckets.get(peer) ?? { tokens: perSecond, filledAt: at };
    if (!buckets.has(peer)) {
      const [oldest] = buckets.keys();
      if (buckets.size >= peersMax && oldest !== undefined) buckets.delete(oldest);
      buckets.set(peer, bucket);
    }
    bucket.tokens = Math.min(perSecond, bucket.tokens + ((at - bucket.filledAt) / 1000) * perSecond);
    bucket.filledAt = at;
    if (bucket.tokens < 1) return ((1 - bucket.tokens) / perSecond) * 1000;
    bucket.tokens -= 1;
    return 0;
  };
}
