import { join, resolve } from 'node:path';
import { messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';
import { writerFields } from './event-log-options.ts';
import { lineEncoder } from './line-encoder.ts';
import { type CreateSyncedFile, createSyncedFile } from './synced-file.ts';
import { type LineAt, PartlyWritten, type SyncedStream, syncedStream } from './synced-stream.ts';
import { openClock } from './timestamp.ts';

/** A stream for each job that writes now; of those that do not, the ones used last stay open. */
export interface SyncedStreams {
  /**
   * Resolves when the lines are on the disk. @throws SiltstoneError `disk_full`, `warehouse_not_writable`, whose message says
   * how many lines are in the stream all the same; `queue_full` where too many streams are busy
   */
  write(jobId: string, lines: readonly LineAt[]): Promise<void>;
  /** Waits for what is being written. Idempotent. */
  close(): Promise<void>;
}

export interface SyncedStreamsOptions {
  readonly warehouse: string;
  readonly processName: string;
  readonly streamsMax: number;
  /** The disk, for tests. */
  readonly createFile?: CreateSyncedFile;
}

export function openSyncedStreams(options: SyncedStreamsOptions): SyncedStreams {
  const { processName, streamsMax, createFile = createSyncedFile } = options;
  const inbox = join(resolve(options.warehouse), 'inbox');
  // A map keeps the order of insertion: what was used last stands last.
  const streams = new Map<string, SyncedStream>();
  const closing = new Set<Promise<void>>();
  const close = (jobId: string, stream: SyncedStream): void => {
    streams.delete(jobId);
    // What it held is on the disk, or its writers were told.
    const closed = stream.close().catch(() => undefined);
    closing.add(closed);
    void closed.then(() => closing.delete(closed));
  };
  const open = (jobId: string): SyncedStream => {
    if (streams.size >= streamsMax) {
      const idle = [...streams].find(([, stream]) => stream.isIdle());
      if (idle === undefined) throw new SiltstoneError('queue_full', `${streamsMax} streams are being written`);
      close(...idle);
    }
    const encode = lineEncoder(jobId, openClock(Date.now));
    const openedLine = (seq: number): string =>
      String(encode('stream.opened', seq, writerFields(processName))).replace(/\n$/, '');
    return syncedStream({ folder: join(inbox, jobId), createFile, openedLine });
  };
  return {
    write: async (jobId, lines) => {
      const stream = streams.get(jobId) ?? open(jobId);
      streams.delete(jobId);
      streams.set(jobId, stream);
      try {
        await stream.write(lines);
      } catch (error) {
        throw writeError(error, join(inbox, jobId));
      }
    },
    close: async () => {
      for (const [jobId, stream] of streams) close(jobId, stream);
      await Promise.all(closing);
    },
  };
}

function writeError(error: unknown, folder: string): SiltstoneError {
  const isFull = ['ENOSPC', 'EDQUOT'].includes(
    systemCodeOf(error instanceof PartlyWritten ? error.cause : error) ?? '',
  );
  const message = `events could not be written to ${folder}: ${messageOf(error)}`;
  return new SiltstoneError(isFull ? 'disk_full' : 'warehouse_not_writable', message, { cause: error });
}
