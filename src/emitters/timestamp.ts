import { tsYearMax, tsYearMin } from '../events/index.ts';

const isoPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
/** The form that lines carry; a text in it keeps its own digits, so that µs survive. */
const linePattern = /^.{19}\.(\d{3}|\d{6})Z$/;

/** The clock as ISO 8601 UTC with ms. Formatting a time costs more than an event: it is done once a ms. */
export function openClock(now: () => number): () => string {
  let formattedAt = Number.NaN;
  let text = '';
  return () => {
    const at = now();
    if (at !== formattedAt) {
      text = new Date(at).toISOString();
      formattedAt = at;
    }
    return text;
  };
}

/** A given time as a line carries it; undefined where it is no time, has no zone, or lies outside the contract's years. */
export function timestampText(given: unknown): string | undefined {
  const at =
    given instanceof Date ? given : typeof given === 'string' && isoPattern.test(given) ? new Date(given) : null;
  if (at === null || Number.isNaN(at.getTime())) return undefined;
  const year = at.getUTCFullYear();
  if (year < tsYearMin || year > tsYearMax) return undefined;
  const text = at.toISOString();
  const isLineForm = typeof given === 'string' && linePattern.test(given) && given.startsWith(text.slice(0, 19));
  return isLineForm ? given : text;
}
