/** A file as a listing shows it. Paths are relative to the warehouse, with `/`. */
export interface FileInfo {
  readonly path: string;
  readonly bytes: number;
  /** ms since 1970; a hint for people and retention, never an order. */
  readonly modifiedAt: number;
}

/** What a disk holds, and what of it this user may still write. */
export interface Space {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** A folder that no reader looks into, for files on their way. */
export interface Scratch {
  /** Absolute, for DuckDB to write to. */
  readonly dir: string;
  /** Writes a file of that name and gives its absolute path. */
  write(name: string, content: string | Uint8Array | AsyncIterable<string | Uint8Array>): Promise<string>;
  /** Removes the folder with all that was not published. */
  close(): Promise<void>;
}

/** The lake’s one seam to the world. Everything below `events/` is written through it. */
export interface Storage {
  /** The address under which DuckDB reads a path. */
  locate(path: string): string;
  /** The files directly in a folder, in no order; none where there is no folder. */
  list(folder: string): Promise<readonly FileInfo[]>;
  /** The files below a folder at any depth, in no order; none where there is no folder. */
  listTree(folder: string): Promise<readonly FileInfo[]>;
  stat(path: string): Promise<FileInfo | undefined>;
  read(path: string): Promise<Buffer | undefined>;
  /** Publishes a new file durably, unless the path is taken: then nothing changes. */
  create(path: string, content: string | Uint8Array): Promise<'created' | 'exists'>;
  /** Publishes a file durably, over an older one if need be. */
  replace(path: string, content: string | Uint8Array): Promise<void>;
  lend(): Promise<Scratch>;
  /** Of the disk that the warehouse lies on; endless where there is no telling. */
  space(): Promise<Space>;
  /** Makes scratch files durable and moves each to its path; the paths must be new. */
  publish(moves: readonly { readonly from: string; readonly to: string }[]): Promise<void>;
  /** Renames a file within one folder; false where it is gone, or the name is taken: nothing changed then. */
  move(from: string, to: string): Promise<boolean>;
  remove(path: string): Promise<void>;
  /** Removes a file that others may append to, if it is still so long; false where it is not, or is gone. */
  removeUnlessGrown(path: string, bytes: number): Promise<boolean>;
  /** Removes a folder if nothing is in it. */
  removeEmptyFolder(folder: string): Promise<void>;
}
