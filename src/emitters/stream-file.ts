import { closeSync, constants, fstatSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';

/** The file of one stream, as the disk gives it: any call may throw, and a write may take fewer bytes than given. */
export interface StreamFile {
  readonly path: string;
  write(bytes: Buffer, from: number): number;
  sync(): void;
  /** Whether the file was removed: what is written to it then, nobody can read. */
  isDeleted(): boolean;
  close(): void;
}

/** Makes a new stream's file in a folder, which is made too; `synced`: its name is durable when this returns. */
export type CreateStreamFile = (folder: string, synced: boolean) => StreamFile;

/** O_EXCL: nobody else's stream. O_APPEND: the kernel finds the end, whatever else happens to the file. */
const createFlags = constants.O_CREAT | constants.O_EXCL | constants.O_APPEND | constants.O_WRONLY;

export const createStreamFile: CreateStreamFile = (folder, synced) => {
  // Never for everybody; for the group as far as the umask lets it: as the lake’s own files.
  mkdirSync(folder, { recursive: true, mode: 0o770 });
  const path = join(folder, `${uuidv7()}.ndjson`);
  const descriptor = openSync(path, createFlags, 0o660);
  if (synced) {
    try {
      syncFolders(folder);
    } catch (error) {
      closeSync(descriptor);
      unlinkSync(path);
      throw error;
    }
  }
  return streamFile(path, descriptor);
};

function streamFile(path: string, descriptor: number): StreamFile {
  // Some network file systems count no links: there a deleted file cannot be told from a live one.
  const countsLinks = fstatSync(descriptor).nlink > 0;
  return {
    path,
    write: (bytes, from) => writeSync(descriptor, bytes, from),
    sync: () => fsyncSync(descriptor),
    isDeleted: () => countsLinks && fstatSync(descriptor).nlink === 0,
    close: () => closeSync(descriptor),
  };
}

/** A file survives a power cut only once the folders that name it are synced: the job's, the inbox, the warehouse. */
function syncFolders(jobFolder: string): void {
  for (const folder of [jobFolder, dirname(jobFolder), dirname(dirname(jobFolder))]) {
    const descriptor = openSync(folder, constants.O_RDONLY);
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }
}
