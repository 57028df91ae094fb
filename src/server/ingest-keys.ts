import { createHash } from 'node:crypto';
import { SiltstoneError } from '../errors.ts';

/** What a request with events is answered. */
export interface IngestAnswer {
  readonly accepted: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  readonly rejected_count: number;
}

/** For a retry within minutes; a client that waits longer than this has more than a lost answer to repair. */
const keysMax = 10_000;

interface Remembered {
  readonly digest: string;
  readonly answer: Promise<IngestAnswer>;
}

/** Runs a request, or gives the answer that the same key had before. What failed is forgotten: it may be sent again. */
export function rememberedAnswers(): (
  key: string | undefined,
  body: Buffer,
  take: () => Promise<IngestAnswer>,
) => Promise<IngestAnswer> {
  const known = new Map<string, Remembered>();
  return (key, body, take) => {
    if (key === undefined) return take();
    const digest = createHash('sha256').update(body).digest('base64');
    const before = known.get(key);
    if (before !== undefined) {
      if (before.digest === digest) return before.answer;
      throw new SiltstoneError('bad_request', 'the idempotency-key is that of another request');
    }
    const answer = take();
    known.set(key, { digest, answer });
    answer.catch(() => known.delete(key));
    const [oldest] = known.keys();
    if (known.size > keysMax && oldest !== undefined) known.delete(oldest);
    return answer;
  };
}
