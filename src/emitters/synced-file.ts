import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';

/** The file of one stream whose every write is made durable: any call may fail. */
export interface SyncedFile {
  readonly path: string;
  /** Writes all of it at the end; where it fails, `size` says how far it came. */
  write(bytes: Buffer): Promise<void>;
  sync(): Promise<void>;
  size(): Promise<number>;
  /** Takes what is behind off again. */
  truncate(bytes: number): Promise<void>;
  /** Whether the file was removed: what is written to it then, nobody can read. */
  isDeleted(): Promise<boolean>;
  close(): Promise<void>;
}

/** Makes a new stream's file in a folder, which is made too; both names are durable when this resolves. */
export type CreateSyncedFile = (folder: string) => Promise<SyncedFile>;

/** O_EXCL: nobody else's stream. O_APPEND: the kernel finds the end, whatever else happens to the file. */
const createFlags = constants.O_CREAT | constants.O_EXCL | constants.O_APPEND | constants.O_WRONLY;

export const createSyncedFile: CreateSyncedFile = async (folder) => {
  await mkdir(folder, { recursive: true, mode: 0o770 });
  const path = join(folder, `${uuidv7()}.ndjson`);
  const handle = await open(path, createFlags, 0o660);
  try {
    // The folders that name it: the job's, the inbox, the warehouse.
    for (const one of [folder, dirname(folder), dirname(dirname(folder))]) await syncFolder(one);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return syncedFile(path, handle);
};

function syncedFile(path: string, handle: FileHandle): SyncedFile {
  return {
    path,
    write: async (bytes) => {
      for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
    },
    sync: () => handle.datasync(),
    size: async () => (await handle.stat()).size,
    truncate: (bytes) => handle.truncate(bytes),
    // Some network file systems count no links: there a deleted file cannot be told from a live one.
    isDeleted: async () => (await handle.stat()).nlink === 0 && process.platform !== 'win32',
    close: () => handle.close(),
  };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
