import { join } from 'node:path';
import { SiltstoneError } from '../errors.ts';
import type { FieldsOf, Kind } from '../events/index.ts';
import type { Members } from './attrs.ts';
import { type EventLogOptions, type ResolvedOptions, resolveOptions, writerFields } from './event-log-options.ts';
import { lineEncoder, type Refusal } from './line-encoder.ts';
import { addLine, waitingBytes, waitingLineCount } from './line-queue.ts';
import { closeFile, flushNow, type LogState, type Losses, startTimer, warn, warnOfWaiting } from './log-flush.ts';
import { addOpenLog, type OpenLog, removeOpenLog } from './open-logs.ts';
import { openStreamWriter } from './stream-writer.ts';
import { openClock } from './timestamp.ts';

/** What any event may have beside its kind's fields. `ts` is now unless given. */
export type CommonFields = {
  readonly ts?: Date | string | undefined;
  readonly request_id?: string | null | undefined;
  readonly attrs?: Members | null | undefined;
};

/** Lines, our own included. `appended` = `written` + waiting; `refused` and `dropped` never became lines of a file. */
export interface EventCounts {
  readonly appended: number;
  readonly written: number;
  readonly refused: number;
  readonly dropped: number;
  readonly bytes: number;
}

/** One stream: an append-only file of one job's events. Nothing here throws into the job unless `strict` is set. */
export interface EventLog {
  readonly jobId: string;
  /**
   * False when the event was refused or dropped. `strict` throws instead: `bad_event`, or why the disk refuses; of the
   * latter kind only an event that `counts().dropped` counts is gone, any other is kept and written later.
   */
  append<K extends Kind>(event: K, fields: FieldsOf<K> & CommonFields): boolean;
  /** The same for an event that the compiler cannot check: any kind, any fields. */
  appendUnknown(event: string, fields: Members): boolean;
  /**
   * The same for a line that stands written in the contract's form, without its `\n`; whoever wrote it answers for it.
   * `lineAt` gets the number that the line must carry; where it gives undefined, nothing is appended.
   */
  appendLine(lineAt: (seq: number) => string | undefined): boolean;
  /** Resolves when all that was appended is written, or when the disk refused: `strict` rejects then. */
  flush(): Promise<void>;
  /** Writes what waits. Idempotent. */
  close(): void;
  counts(): EventCounts;
  /** The file of the stream; undefined while it cannot be made. */
  path(): string | undefined;
}

/**
 * Opens a new stream of a job.
 * @throws SiltstoneError `bad_event` for a job id that is none, `bad_setting` for a limit that is none;
 * `strict`: `warehouse_not_writable` or `disk_full` as well.
 */
export function openEventLog(options: EventLogOptions): EventLog {
  const log = openState(resolveOptions(options));
  const openLog: OpenLog = { flush: () => flushNow(log), flushAtExit: () => flushAtExit(log) };
  addOpenLog(openLog);
  const close = () => {
    removeOpenLog(openLog);
    closeLog(log);
  };
  flushNow(log);
  if (log.failure !== undefined && log.options.strict) close();
  return {
    jobId: log.options.jobId,
    append: (event, fields) => append(log, event, fields),
    appendUnknown: (event, fields) => append(log, event, fields),
    appendLine: (lineAt) => appendLine(log, lineAt),
    flush: async () => flushOrThrow(log),
    close,
    counts: () => countsOf(log),
    path: () => log.writer.file?.path,
  };
}

function openState(options: ResolvedOptions): LogState {
  const encode = lineEncoder(options.jobId, openClock(options.now), options.requestId);
  const syncs = options.durability === 'fsync';
  const folder = join(options.warehouse, 'inbox', options.jobId);
  const writer = openStreamWriter({
    createFile: () => options.createFile(folder, syncs),
    openedLine: () => String(encode('stream.opened', 0, writerFields(options.processName))),
    syncs,
  });
  return {
    options,
    encode,
    writer,
    losses: { refusedCount: 0, droppedCount: 0, toldCount: 0, lastReason: '' },
    flushLength: options.flush === 'each' ? 1 : Math.min(options.bufferBytes, options.queueBytesMax),
    timer: undefined,
    isFlushing: false,
    isClosed: false,
    failure: undefined,
  };
}

function append(log: LogState, event: string, fields: Members): boolean {
  if (log.isClosed) return refuse(log, 'closed', event, 'the event log is closed');
  const line = encodeLine(log, event, fields);
  return typeof line === 'string' ? addEncoded(log, line) : refuse(log, 'bad_event', event, line.refusal);
}

function appendLine(log: LogState, lineAt: (seq: number) => string | undefined): boolean {
  if (log.isClosed) return refuse(log, 'closed', 'line', 'the event log is closed');
  const line = lineAt(log.writer.queue.nextSeq);
  return line !== undefined && addEncoded(log, `${line}\n`);
}

function addEncoded(log: LogState, line: string): boolean {
  const { queue } = log.writer;
  if (log.failure !== undefined && waitingBytes(queue) + line.length > log.options.queueBytesMax) {
    return drop(log, log.failure);
  }
  addLine(queue, line);
  if (queue.text.length >= log.flushLength) flushOrThrow(log);
  else if (log.timer === undefined) startTimer(log, log.options.flushWaitMs);
  return true;
}

/** A getter or a proxy among the fields can throw at any moment, and whatever it likes. */
function encodeLine(log: LogState, event: string, fields: Members): string | Refusal {
  try {
    return log.encode(event, log.writer.queue.nextSeq, fields);
  } catch {
    return { refusal: 'its fields cannot be read' };
  }
}

function refuse(log: LogState, code: 'bad_event' | 'closed', event: unknown, why: string): false {
  const { losses, options } = log;
  losses.refusedCount += 1;
  losses.lastReason = `${typeof event === 'string' ? event.slice(0, 64) : typeof event}: ${why}`;
  const message = `an event of job ${options.jobId} is refused: ${losses.lastReason}`;
  if (options.strict) throw toldToCaller(losses, new SiltstoneError(code, message));
  if (losses.refusedCount === 1) warn(log, { code }, `${message}; further ones are only counted`);
  return false;
}

function drop({ losses, options }: LogState, failure: SiltstoneError): false {
  losses.droppedCount += 1;
  losses.lastReason = `the queue was full: ${failure.message}`;
  if (options.strict) throw toldToCaller(losses, failure);
  return false;
}

/** A loss that is thrown is not written into the stream as well: the caller may correct the event. */
function toldToCaller(losses: Losses, error: SiltstoneError): SiltstoneError {
  losses.toldCount += 1;
  return error;
}

function flushOrThrow(log: LogState): void {
  if (log.isClosed) return;
  flushNow(log);
  if (log.options.strict && log.failure !== undefined) throw log.failure;
}

/** Listeners of `exit` that run after ours may append too: each of their events is written at once. */
function flushAtExit(log: LogState): void {
  log.flushLength = 1;
  flushNow(log);
  warnOfWaiting(log, 'with the process');
}

function closeLog(log: LogState): void {
  if (log.isClosed) return;
  flushNow(log);
  log.isClosed = true;
  closeFile(log);
  warnOfWaiting(log, 'at close');
  log.losses.droppedCount += waitingLineCount(log.writer.queue);
  if (log.options.strict && log.failure !== undefined) throw log.failure;
}

function countsOf({ writer: { queue, written }, losses }: LogState): EventCounts {
  return {
    appended: written.lineCount + waitingLineCount(queue),
    written: written.lineCount,
    refused: losses.refusedCount,
    dropped: losses.droppedCount,
    bytes: written.bytes,
  };
}
