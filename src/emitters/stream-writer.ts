import { emptyQueue, type LineQueue, renumber, sealText, takeBatch, takeWholeLines } from './line-queue.ts';
import type { StreamFile } from './stream-file.ts';

/** Writes one job's lines into a stream, and into a new stream when the file is taken away. */
export interface StreamWriter extends StreamWorld {
  readonly queue: LineQueue;
  readonly written: { lineCount: number; bytes: number };
  file: StreamFile | undefined;
  isSynced: boolean;
}

export interface StreamWorld {
  readonly createFile: () => StreamFile;
  /** The line that opens a stream, numbered 0. */
  readonly openedLine: () => string;
  /** Whether what is written is synced to the disk as well. */
  readonly syncs: boolean;
}

export function openStreamWriter(world: StreamWorld): StreamWriter {
  return { ...world, queue: emptyQueue(), written: { lineCount: 0, bytes: 0 }, file: undefined, isSynced: true };
}

/** Writes all that waits. When it throws, the rest waits on, to the byte: call it again later. */
export function drain(writer: StreamWriter): void {
  if (drainInto(writer.file ?? startStream(writer), writer)) return;
  if (!drainInto(startStream(writer), writer)) throw new Error('the file was removed as soon as it was made');
}

/** Idempotent. What waits is not written. */
export function closeStream(writer: StreamWriter): void {
  const { file } = writer;
  writer.file = undefined;
  file?.close();
}

/** False when the file is gone: a batch leaves the queue only once the file is known to have outlived the write. */
function drainInto(file: StreamFile, writer: StreamWriter): boolean {
  const { queue, written } = writer;
  sealText(queue);
  while (queue.batches.length > 0) {
    try {
      writeFirstBatch(file, writer);
    } catch (error) {
      if (!file.isDeleted()) written.lineCount += takeWholeLines(queue);
      throw error;
    }
    if (file.isDeleted()) return false;
    written.lineCount += takeBatch(queue);
  }
  if (writer.syncs && !writer.isSynced) file.sync();
  writer.isSynced = true;
  return true;
}

/** A disk that fills up takes a part of a batch first: the next try goes on exactly there. */
function writeFirstBatch(file: StreamFile, writer: StreamWriter): void {
  const [batch] = writer.queue.batches;
  while (batch !== undefined && batch.writtenBytes < batch.bytes.length) {
    const byteCount = file.write(batch.bytes, batch.writtenBytes);
    if (byteCount === 0) throw new Error('the disk took no byte');
    batch.writtenBytes += byteCount;
    writer.written.bytes += byteCount;
    writer.isSynced = false;
  }
}

function startStream(writer: StreamWriter): StreamFile {
  const file = writer.createFile();
  try {
    closeStream(writer);
  } catch {
    // The old file is deleted: whatever its close still has to say, no reader will miss it.
  }
  writer.file = file;
  renumber(writer.queue, writer.openedLine());
  return file;
}
