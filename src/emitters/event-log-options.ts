import { readFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, resolve } from 'node:path';
import { SiltstoneError } from '../errors.ts';
import { jobIdPattern } from '../events/index.ts';
import { readSettings } from '../settings.ts';
import { type CreateStreamFile, createStreamFile } from './stream-file.ts';
import { ownIdentity } from './writer-identity.ts';

/** Where an event log says that it cannot write; pino's loggers fit. */
export interface WarnLogger {
  warn(facts: object, text: string): void;
}

/** Whatever is left out comes from the settings: environment first, then the default. */
export interface EventLogOptions {
  readonly jobId: string;
  /** Stands in every event that names no other. */
  readonly requestId?: string | undefined;
  readonly warehouse?: string;
  /** What the writing process is called in `stream.opened`; by default the name of its script. */
  readonly processName?: string;
  readonly bufferBytes?: number;
  readonly flushWaitMs?: number;
  readonly queueBytesMax?: number;
  readonly durability?: 'os' | 'fsync';
  readonly flush?: 'batch' | 'each';
  /** Failures throw instead of being counted. */
  readonly strict?: boolean;
  readonly logger?: WarnLogger;
  /** The disk and the clock, for tests. */
  readonly createFile?: CreateStreamFile;
  readonly now?: () => number;
}

export type ResolvedOptions = Required<EventLogOptions>;

/** @throws SiltstoneError `bad_event` for a job id that is none, `bad_setting` for a limit that is none. */
export function resolveOptions(options: EventLogOptions): ResolvedOptions {
  if (!isJobId(options.jobId)) {
    throw new SiltstoneError('bad_event', `job_id ${JSON.stringify(options.jobId)} does not match ${jobIdPattern}`);
  }
  const settings = readSettings({
    warehouse: options.warehouse,
    emit_buffer_bytes: options.bufferBytes,
    emit_flush_wait_ms: options.flushWaitMs,
    emit_queue_bytes_max: options.queueBytesMax,
    emit_durability: options.durability,
    emit_flush: options.flush,
  });
  return {
    jobId: options.jobId,
    requestId: options.requestId,
    // A job that changes its working folder keeps its warehouse.
    warehouse: resolve(settings.warehouse),
    processName: options.processName ?? basename(process.argv[1] ?? process.title),
    bufferBytes: settings.emit_buffer_bytes,
    flushWaitMs: settings.emit_flush_wait_ms,
    queueBytesMax: settings.emit_queue_bytes_max,
    durability: settings.emit_durability,
    flush: settings.emit_flush,
    strict: options.strict ?? false,
    logger: harmless(options.logger ?? stderrLogger),
    createFile: options.createFile ?? createStreamFile,
    now: options.now ?? Date.now,
  };
}

/** A folder is named by it: nothing else may be. */
export function isJobId(value: unknown): value is string {
  return typeof value === 'string' && jobIdPattern.test(value);
}

/** The fields of `stream.opened`. */
export function writerFields(processName: string) {
  return {
    host: hostname(),
    pid: process.pid,
    process: processName,
    sdk: 'siltstone',
    sdk_version: sdkVersion(),
    attrs: ownIdentity(),
  };
}

let version: string | undefined;

function sdkVersion(): string {
  version ??= readVersion();
  return version;
}

function readVersion(): string {
  try {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    return (JSON.parse(text) as { readonly version: string }).version;
  } catch {
    // A bundler left package.json behind: the events matter more than the version that wrote them.
    return 'unknown';
  }
}

/** Synchronous, so that the last words before an exit get out. */
const stderrLogger: WarnLogger = { warn: (_, text) => writeSync(2, `siltstone: ${text}\n`) };

function harmless(logger: WarnLogger): WarnLogger {
  return {
    warn: (facts, text) => {
      try {
        logger.warn(facts, text);
      } catch {
        // A logger that throws must not fail the job, and there is nobody else to tell.
      }
    },
  };
}
