import { isUtf8 } from 'node:buffer';
import { lineBytesMax } from '../events/index.ts';
// Not from the index: the rest of the room loads DuckDB, which an `emit` in a shell's loop need not wait for.
import { canonicalLine } from './canonical.ts';
import { type NumberedLine, quickLine } from './quick-line.ts';

export type CheckedLine =
  | ({ readonly isEvent: true } & NumberedLine)
  | { readonly isEvent: false; readonly reason: string };

/** A line as it came, without its `\n`; of one that is too long the content may be cut. */
export interface GivenLine {
  readonly content: Buffer;
  readonly bytes: number;
}

export interface LineOrigin {
  /** The job of a line that names none. */
  readonly jobId?: string | undefined;
  readonly now?: () => string;
}

/** What the number of a line may take more where it stands than where it was judged. */
const seqBytesMax = 20;

/** A line of any writer as a line of the contract, in canonical form; `ts` is now where it has none. */
export function checkedLine({ content, bytes }: GivenLine, { jobId, now = isoNow }: LineOrigin): CheckedLine {
  if (bytes >= lineBytesMax) return refused(`it has ${bytes} bytes; at most ${lineBytesMax} are read`);
  const quick = isUtf8(content) ? quickLine(content.toString('utf8'), { jobId, now: now() }) : undefined;
  if (quick !== undefined && bytes * 2 < lineBytesMax) return { isEvent: true, ...quick };
  const first = judged(content, jobId);
  if (first.isEvent || !/(^|[;:] )ts: is missing/.test(first.reason)) return first;
  const timed = withTime(content, now());
  return timed === undefined ? first : judged(timed, jobId);
}

const isoNow = (): string => new Date().toISOString();

/** A line that is no event comes back as one of kind `line.rejected` that says why. */
function judged(content: Buffer, jobId: string | undefined): CheckedLine {
  const textAt = (seq: number): string =>
    canonicalLine(content, { stream: 'emit', line: seq, ...(jobId !== undefined && { jobId }) });
  const text = textAt(0);
  const head = /^\{"event":"([^"]*)","job_id":"([^"]*)"/.exec(text);
  if (head !== null && head[1] !== 'line.rejected') {
    const bytes = Buffer.byteLength(text) + seqBytesMax;
    return bytes > lineBytesMax
      ? refused(`it takes ${bytes} bytes; at most ${lineBytesMax} are read`)
      : { isEvent: true, jobId: head[2] ?? '', textAt };
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
