import { SiltstoneError } from '../errors.ts';
import type { Space, Storage } from '../lake/index.ts';
import type { Settings } from '../settings.ts';

export type RoomSettings = Pick<Settings, 'disk_reserve_bytes'>;

/** A small disk keeps no more free than this part of it. */
const reservePartMax = 0.05;
/** Of each byte that is taken, what lies on the disk at once at most: its copy, its rewritten form, its Parquet. */
const bytesPerByte = 3;
/** For the log entry, and a checkpoint at times. */
const overheadBytes = 128 * 1024;

/** What compaction leaves free of a disk. Pure. */
export const reserveOf = ({ totalBytes }: Space, { disk_reserve_bytes }: RoomSettings): number =>
  Math.min(disk_reserve_bytes, Math.floor(totalBytes * reservePartMax));

/** How many bytes of lines, or of data files, may be worked on before the disk's reserve is touched; less than 0 for none. Pure. */
export function roomOf(space: Space, settings: RoomSettings): number {
  return Math.floor((space.freeBytes - reserveOf(space, settings) - overheadBytes) / bytesPerByte);
}

/** The same of the warehouse's disk now. */
export async function roomIn(storage: Storage, settings: RoomSettings): Promise<number> {
  return roomOf(await storage.space(), settings);
}

/**
 * Refuses a work for which there is no room, before anything of it is written.
 * @throws SiltstoneError `disk_full`; nothing was changed, and the work may be tried again
 */
export function requireRoom(work: string, bytes: number, roomBytes: number): void {
  if (bytes <= roomBytes) return;
  const missing = MiB((bytes - roomBytes) * bytesPerByte);
  throw new SiltstoneError(
    'disk_full',
    `${work} would use up what disk_reserve_bytes keeps free: ${missing} are missing`,
  );
}

const MiB = (bytes: number): string => `${Math.max(0.1, bytes / 1024 ** 2).toFixed(1)} MiB`;
