import { type EventCounts, type EventLog, openEventLog } from './event-log.ts';
import type { EventLogOptions } from './event-log-options.ts';

/** Event logs of many jobs, of which those used last are open. */
export interface LogPool {
  /** The open log of a job. It throws what `openEventLog` throws, and what closing another log throws. */
  logOf(jobId: string): EventLog;
  flush(): Promise<void>;
  /** Idempotent. */
  close(): void;
  /** Over all logs, closed ones too. */
  counts(): EventCounts;
}

export function openLogPool(options: Omit<EventLogOptions, 'jobId'>, logCountMax: number): LogPool {
  // A map keeps the order of insertion: what was used last stands last.
  const logs = new Map<string, EventLog>();
  let closedCounts: EventCounts = { appended: 0, written: 0, refused: 0, dropped: 0, bytes: 0 };

  const close = (log: EventLog) => {
    logs.delete(log.jobId);
    try {
      log.close();
    } finally {
      closedCounts = sum(closedCounts, log.counts());
    }
  };
  const open = (jobId: string) => {
    const [oldest] = logs.values();
    if (oldest !== undefined && logs.size >= logCountMax) close(oldest);
    return openEventLog({ ...options, jobId });
  };
  return {
    logOf: (jobId) => {
      const log = logs.get(jobId) ?? open(jobId);
      logs.delete(jobId);
      logs.set(jobId, log);
      return log;
    },
    flush: async () => {
      for (const log of logs.values()) await log.flush();
    },
    close: () => closeAll([...logs.values()], close),
    counts: () => [...logs.values()].map((log) => log.counts()).reduce(sum, closedCounts),
  };
}

/** Every one is closed, whatever another one throws. */
function closeAll(logs: readonly EventLog[], close: (log: EventLog) => void): void {
  const [log, ...rest] = logs;
  if (log === undefined) return;
  try {
    close(log);
  } finally {
    closeAll(rest, close);
  }
}

function sum(a: EventCounts, b: EventCounts): EventCounts {
  return {
    appended: a.appended + b.appended,
    written: a.written + b.written,
    refused: a.refused + b.refused,
    dropped: a.dropped + b.dropped,
    bytes: a.bytes + b.bytes,
  };
}
