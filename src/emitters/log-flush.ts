import { join } from 'node:path';
import { messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';
import type { ResolvedOptions } from './event-log-options.ts';
import type { EncodeLine } from './line-encoder.ts';
import { addLine, waitingLineCount } from './line-queue.ts';
import { closeStream, drain, type StreamWriter } from './stream-writer.ts';

/** An event log from inside. */
export interface LogState {
  readonly options: ResolvedOptions;
  readonly encode: EncodeLine;
  readonly writer: StreamWriter;
  readonly losses: Losses;
  /** The text is written when it has this many characters. */
  flushLength: number;
  timer: NodeJS.Timeout | undefined;
  isFlushing: boolean;
  isClosed: boolean;
  /** Why the last flush failed; undefined while the disk takes what it is given. */
  failure: SiltstoneError | undefined;
}

export interface Losses {
  refusedCount: number;
  droppedCount: number;
  /** How many of them the stream tells of. */
  toldCount: number;
  lastReason: string;
}

/** A disk that refuses is not asked more often than this. */
const retryWaitMsMin = 100;

/** Writes all that waits, or notes in `failure` why not; then the timer tries again. It never throws. */
export function flushNow(log: LogState): void {
  // The logger that hears of a failure may itself append to this log.
  if (log.isFlushing) return;
  log.isFlushing = true;
  stopTimer(log);
  try {
    drain(log.writer);
    tellLosses(log);
    log.failure = undefined;
  } catch (error) {
    onFailure(log, error);
  } finally {
    log.isFlushing = false;
  }
}

export function startTimer(log: LogState, waitMs: number): void {
  log.timer ??= setTimeout(flushNow, waitMs, log).unref();
}

function stopTimer(log: LogState): void {
  clearTimeout(log.timer);
  log.timer = undefined;
}

/** Some network file systems say only at close that they could not keep what they took. */
export function closeFile(log: LogState): void {
  stopTimer(log);
  try {
    closeStream(log.writer);
  } catch (error) {
    onFailure(log, error);
  }
}

export function warn({ options }: LogState, facts: object, text: string): void {
  options.logger.warn({ job_id: options.jobId, ...facts }, text);
}

/** Says that what still waits will not be written. */
export function warnOfWaiting(log: LogState, when: string): void {
  const count = waitingLineCount(log.writer.queue);
  if (count === 0) return;
  const why = log.failure?.message ?? 'they came too late';
  warn(log, { events_lost: count }, `${count} events of job ${log.options.jobId} are lost ${when}: ${why}`);
}

/** Once a stream can be written again, it tells how many events it lacks. */
function tellLosses({ encode, writer, losses }: LogState): void {
  const lostCount = losses.refusedCount + losses.droppedCount - losses.toldCount;
  if (lostCount === 0) return;
  const message = `${lostCount} events were lost: ${losses.lastReason}`;
  const fields = { level: 'error', message, logger: 'siltstone.emitter', attrs: { events_lost: lostCount } };
  const line = encode('log', writer.queue.nextSeq, fields);
  if (typeof line === 'string') addLine(writer.queue, line);
  losses.toldCount += lostCount;
  drain(writer);
}

function onFailure(log: LogState, error: unknown): void {
  const isNews = log.failure === undefined;
  log.failure = writeError(log, error);
  if (!log.isClosed) startTimer(log, Math.max(log.options.flushWaitMs, retryWaitMsMin));
  if (isNews) warn(log, { code: log.failure.code, err: error }, log.failure.message);
}

function writeError({ options, writer }: LogState, error: unknown): SiltstoneError {
  const isFull = ['ENOSPC', 'EDQUOT'].includes(systemCodeOf(error) ?? '');
  const target = writer.file?.path ?? join(options.warehouse, 'inbox', options.jobId);
  const message = `events of job ${options.jobId} could not be written to ${target}: ${messageOf(error)}`;
  return new SiltstoneError(isFull ? 'disk_full' : 'warehouse_not_writable', message, { cause: error });
}
