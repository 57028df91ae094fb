import { lineBytesMax } from '../events/index.ts';
// Not from the index: the rest of the room loads DuckDB, which an `emit` in a shell's loop need not wait for.
import { canonicalLine } from '../inbox/canonical.ts';
import type { InputLine } from './input-lines.ts';

export type CheckedLine =
  | { readonly isEvent: true; readonly text: string }
  | { readonly isEvent: false; readonly reason: string };

export interface LineOrigin {
  /** The job of a line that names none. */
  readonly jobId: string;
  /** The number that it gets in the stream. */
  readonly seq: number;
  readonly now?: () => number;
}

/** A line of any writer as a line of the contract, in canonical form; `ts` is now where it has none. */
export function checkedLine(line: InputLine, { jobId, seq, now = Date.now }: LineOrigin): CheckedLine {
  if (line.bytes >= lineBytesMax) return refused(`it has ${line.bytes} bytes; at most ${lineBytesMax} are read`);
  const place = { stream: 'emit', line: seq, jobId };
  const first = judged(line.content, canonicalLine(line.content, place));
  if (first.isEvent || !/(^|[;:] )ts: is missing/.test(first.reason)) return first;
  const timed = withTime(line.content, new Date(now()).toISOString());
  return timed === undefined ? first : judged(timed, canonicalLine(timed, place));
}

/** A line that is no event comes back as one of kind `line.rejected` that says why. */
function judged(content: Buffer, text: string): CheckedLine {
  if (!text.startsWith('{"event":"line.rejected"')) {
    const bytes = Buffer.byteLength(text) + 1;
    return bytes > lineBytesMax
      ? refused(`it takes ${bytes} bytes; at most ${lineBytesMax} are read`)
      : { isEvent: true, text };
  }
  if (/"event"\s*:\s*"line\.rejected"/.test(content.toString()))
    return refused('line.rejected is the compactor’s own kind');
  return refused((JSON.parse(text) as { readonly reason: string }).reason);
}

/** Put in as text, so that nothing else of the line changes. A `ts` that is there, if only as null, is the writer’s. */
function withTime(content: Buffer, ts: string): Buffer | undefined {
  const text = content.toString();
  return /"ts"\s*:\s*null/.test(text) ? undefined : Buffer.from(text.replace('{', `{"ts":"${ts}",`));
}

const refused = (reason: string): CheckedLine => ({ isEvent: false, reason });
