import { SiltstoneError } from '../errors.ts';
import type { FieldsOf, Kind } from '../events/index.ts';
import { type Members, membersOf } from './attrs.ts';
import type { EventLog } from './event-log.ts';
import { type EventLogOptions, isJobId, resolveOptions } from './event-log-options.ts';
import { openLogPool } from './log-pool.ts';

export interface MetricsWriterOptions extends Omit<EventLogOptions, 'jobId'> {
  /** Streams held open at once: beyond it the least recently used is closed, and its job gets a new one later. */
  readonly streamCountMax?: number;
}

/** A kind's fields with the job they belong to. `created_at` is now unless given. */
export type Row<K extends Kind> = FieldsOf<K> & {
  readonly job_id: string;
  readonly created_at?: Date | string | undefined;
};

/** 0 frames are dropped and the server draws unless the row says otherwise. */
export type OverlayRow = Omit<Row<'overlay.frame'>, 'dropped_frames' | 'surface'> &
  Partial<Pick<Row<'overlay.frame'>, 'dropped_frames' | 'surface'>>;

/** Rows of the tables as they are written: one call, one event; true when it was taken. */
export interface MetricsWriter extends Pick<EventLog, 'flush' | 'close' | 'counts'> {
  writeJobMetric(row: Row<'job.status'>): boolean;
  writePluginMetric(row: Row<'plugin.run'>): boolean;
  writeOverlayMetric(row: OverlayRow): boolean;
  writeDeviceUsage(row: Row<'device.usage'>): boolean;
}

/** Writes for any number of jobs; a job's stream is opened with its first row. It throws what `openEventLog` throws. */
export function openMetricsWriter({ streamCountMax = 128, ...options }: MetricsWriterOptions = {}): MetricsWriter {
  const { strict, logger } = resolveOptions({ ...options, jobId: 'any' });
  const logs = openLogPool(options, streamCountMax);
  let refusedCount = 0;
  let isClosed = false;

  const refuse = (code: 'bad_event' | 'closed', message: string) => {
    refusedCount += 1;
    if (strict) throw new SiltstoneError(code, message);
    if (refusedCount === 1) logger.warn({ code }, `${message}; further rows that are refused are only counted`);
    return false;
  };
  const write = (event: Kind, row: Members) => {
    const { job_id: jobId, created_at: ts, ...fields } = membersOf(row);
    if (isClosed) return refuse('closed', `${event}: the metrics writer is closed`);
    if (!isJobId(jobId)) return refuse('bad_event', `${event}: the row has no job_id`);
    return logs.logOf(jobId).appendUnknown(event, { ...fields, ts });
  };
  return {
    writeJobMetric: (row) => write('job.status', row),
    writePluginMetric: (row) => write('plugin.run', row),
    writeOverlayMetric: (row) => write('overlay.frame', withOverlayDefaults(membersOf(row))),
    writeDeviceUsage: (row) => write('device.usage', row),
    flush: logs.flush,
    close: () => {
      isClosed = true;
      logs.close();
    },
    counts: () => {
      const counts = logs.counts();
      return { ...counts, refused: counts.refused + refusedCount };
    },
  };
}

function withOverlayDefaults(row: Members): Members {
  return { ...row, dropped_frames: row.dropped_frames ?? 0, surface: row.surface ?? 'server' };
}
