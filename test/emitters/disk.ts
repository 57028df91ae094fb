import type { CreateStreamFile } from '../../src/emitters/stream-file.ts';
import { type Line, parseLines } from './warehouse.ts';

/** A disk in memory that can be full, torn away from under a file, or out of order. */
export interface Disk {
  readonly createFile: CreateStreamFile;
  /** Bytes that still fit. */
  roomBytes: number;
  /** The most that one write takes. */
  writeBytesMax: number;
  /** What every call throws, for as long as it is set. */
  fault: Error | undefined;
  /** What a sync throws. */
  syncFault: Error | undefined;
  /** The calls, in order. */
  readonly calls: string[];
  /** What a file holds, by the order of their making. */
  text(index: number): string;
  lines(index: number): readonly Line[];
  delete(index: number): void;
}

interface MemoryFile {
  bytes: Buffer;
  isDeleted: boolean;
}

export const diskFull = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

export function makeDisk(): Disk {
  const files: MemoryFile[] = [];
  const fileAt = (index: number) => {
    const file = files[index];
    if (file === undefined) throw new Error(`there is no file ${index}`);
    return file;
  };
  const disk: Disk = {
    roomBytes: Number.POSITIVE_INFINITY,
    writeBytesMax: Number.POSITIVE_INFINITY,
    fault: undefined,
    syncFault: undefined,
    calls: [],
    text: (index) => fileAt(index).bytes.toString(),
    lines: (index) => parseLines(fileAt(index).bytes.toString()),
    delete: (index) => {
      fileAt(index).isDeleted = true;
    },
    createFile: (folder, synced) => {
      note(disk, synced ? 'create synced' : 'create');
      const file: MemoryFile = { bytes: Buffer.alloc(0), isDeleted: false };
      files.push(file);
      return {
        path: `${folder}/${files.length - 1}.ndjson`,
        write: (bytes, from) => write(disk, file, bytes.subarray(from)),
        sync: () => note(disk, 'sync', disk.syncFault),
        isDeleted: () => file.isDeleted,
        close: () => note(disk, 'close'),
      };
    },
  };
  return disk;
}

function note(disk: Disk, call: string, fault = disk.fault): void {
  disk.calls.push(call);
  if (fault !== undefined) throw fault;
}

/** As the kernel does: what still fits is taken, and only the next write fails. */
function write(disk: Disk, file: MemoryFile, bytes: Buffer): number {
  note(disk, 'write');
  if (disk.roomBytes === 0) throw diskFull();
  const taken = bytes.subarray(0, Math.min(disk.roomBytes, disk.writeBytesMax));
  disk.roomBytes -= taken.length;
  file.bytes = Buffer.concat([file.bytes, taken]);
  return taken.length;
}
