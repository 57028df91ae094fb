import type { Storage } from '../lake/index.ts';
import type { Finding } from './doctor.ts';

/** Beside the inbox and the lake: what a backup is of, and whether it is whole. */
export const backupStatePath = 'backup.json';

export interface BackupState {
  readonly state: 'incomplete' | 'complete';
  /** The id of the inbox that it is of. */
  readonly inbox: string;
  /** The id of the table; none before the first commit. */
  readonly table?: string;
  /** The lake's version that it opens at; -1 before the first commit. */
  readonly version: number;
  readonly startedAt: string;
  readonly finishedAt?: string;
}

/** Undefined for a warehouse that is no backup. */
export async function backupState(storage: Storage): Promise<BackupState | undefined> {
  const content = await storage.read(backupStatePath);
  try {
    return content && (JSON.parse(content.toString('utf8')) as BackupState);
  } catch {
    // Somebody else's file of that name: then this is no backup of ours.
    return undefined;
  }
}

/** Whether a warehouse that is a backup is a whole one. */
export async function examineBackup(storage: Storage): Promise<readonly Finding[]> {
  const found = await backupState(storage);
  if (found === undefined) return [];
  const of = 'backup';
  if (found.state === 'complete') return [{ state: 'ok', of, found: `of version ${found.version}, complete` }];
  const remedy =
    'Events may be missing here. Run `siltstone backup` into this folder again: it goes on where it stopped.';
  return [{ state: 'wrong', of, found: 'this is a backup that was never finished', remedy }];
}
