import { setImmediate } from 'node:timers/promises';
// Not from the index: that is the door of the package `siltstone/emitter`.
import { openSyncedStreams } from '../emitters/synced-streams.ts';
import { SiltstoneError } from '../errors.ts';
import { checkedLine } from '../inbox/index.ts';
import type { Settings } from '../settings.ts';
import { type IngestAnswer, rememberedAnswers } from './ingest-keys.ts';

/** Takes events of other hosts and of browsers into the inbox, one stream a job. */
export interface Ingest {
  /**
   * Resolves when every line that is accepted is on the disk. A request that is sent again under the same key is answered as
   * before, and its lines are not taken again.
   * @throws SiltstoneError `disk_full`, `warehouse_not_writable`, `queue_full`; `bad_request` for a key of another request
   */
  take(body: Buffer, options: IngestOptions): Promise<IngestAnswer>;
  close(): Promise<void>;
}

export interface IngestOptions {
  /** The job of a line that names none. */
  readonly jobId?: string | undefined;
  readonly key?: string | undefined;
}

/** Of all requests that are being taken: more would only wait for the disk. */
const inFlightBytesMax = 64 * 1024 * 1024;
/** Refused lines that are told one by one; more are only counted. */
const rejectedToldMax = 1000;
const reasonLengthMax = 300;
/** Lines that are judged in one go; then other requests have their turn. */
const linesAtOnce = 200;

export function openIngest({ warehouse, serve_streams_max: streamsMax }: Settings): Ingest {
  const streams = openSyncedStreams({ warehouse, processName: 'siltstone serve', streamsMax });
  const remembered = rememberedAnswers();
  let inFlightBytes = 0;
  const take = async (body: Buffer, jobId: string | undefined): Promise<IngestAnswer> => {
    if (inFlightBytes > 0 && inFlightBytes + body.length > inFlightBytesMax) {
      throw new SiltstoneError('queue_full', `${inFlightBytes} bytes of events wait for the disk already`);
    }
    inFlightBytes += body.length;
    try {
      const judged = await judge(body, jobId);
      const jobs = [...judged.linesOf];
      const settled = await Promise.allSettled(jobs.map(([job, lines]) => streams.write(job, lines)));
      throwFailure(settled, jobs);
      return { accepted: judged.accepted, rejected: judged.rejected, rejected_count: judged.rejectedCount };
    } finally {
      inFlightBytes -= body.length;
    }
  };
  return {
    take: (body, { jobId, key }) => remembered(key, body, () => take(body, jobId)),
    close: () => streams.close(),
  };
}

type LineAt = (seq: number) => string;

interface Judged {
  /** The lines that are events, by job, in their order. */
  readonly linesOf: Map<string, LineAt[]>;
  readonly rejected: { line: number; reason: string }[];
  accepted: number;
  rejectedCount: number;
}

/** Looks at every line before the first is written, so that a request is not begun that cannot be read. */
async function judge(body: Buffer, jobId: string | undefined): Promise<Judged> {
  const judged: Judged = { linesOf: new Map(), rejected: [], accepted: 0, rejectedCount: 0 };
  const at = new Date().toISOString();
  const origin = { jobId, now: () => at };
  let line = 1;
  for (let from = 0; from < body.length; line += 1) {
    const found = body.indexOf(10, from);
    const end = found < 0 ? body.length : found;
    judgeLine(judged, body.subarray(from, end), line, origin);
    from = end + 1;
    if (line % linesAtOnce === 0) await setImmediate();
  }
  return judged;
}

function judgeLine(
  judged: Judged,
  content: Buffer,
  line: number,
  origin: { readonly jobId: string | undefined; readonly now: () => string },
): void {
  if (isBlank(content)) return;
  const checked = checkedLine({ content, bytes: content.length + 1 }, origin);
  if (checked.isEvent) {
    const known = judged.linesOf.get(checked.jobId);
    if (known === undefined) judged.linesOf.set(checked.jobId, [checked.textAt]);
    else known.push(checked.textAt);
    judged.accepted += 1;
    return;
  }
  judged.rejectedCount += 1;
  const reason = checked.reason.startsWith('job_id: is missing')
    ? 'job_id: is missing, and the request has no job_id'
    : checked.reason.slice(0, reasonLengthMax);
  if (judged.rejected.length < rejectedToldMax) judged.rejected.push({ line, reason });
}

function isBlank(content: Buffer): boolean {
  const [first] = content;
  return first === undefined || (first !== 123 && content.every((byte) => byte === 32 || (byte >= 9 && byte <= 13)));
}

/** The failure of one job's stream is the request's; which jobs have their lines all the same is said. */
function throwFailure(
  settled: readonly PromiseSettledResult<void>[],
  jobs: readonly (readonly [string, readonly LineAt[]])[],
): void {
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed === undefined) return;
  const there = jobs.filter((_, i) => settled[i]?.status === 'fulfilled').map(([job]) => job);
  const { reason } = failed;
  if (!(reason instanceof SiltstoneError) || there.length === 0) throw reason;
  const named = there.slice(0, 20).join(', ');
  throw new SiltstoneError(reason.code, `${reason.message}; all lines of these jobs were: ${named}`, { cause: reason });
}
