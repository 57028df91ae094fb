import { readdir, realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { SiltstoneError, systemCodeOf } from '../errors.ts';
import { commitVersion, logFolder, openLocalStorage, type Snapshot, type Storage } from '../lake/index.ts';
import { type BackupState, backupState, backupStatePath } from '../query/index.ts';

export async function writeBackupState(storage: Storage, state: BackupState): Promise<void> {
  await storage.replace(backupStatePath, `${JSON.stringify(state, undefined, 2)}\n`);
}

/**
 * Refuses a folder that holds anything but an earlier backup of the same warehouse.
 * @throws SiltstoneError `backup_refused`
 */
export async function checkDestination(source: Storage, destination: string, inbox: string): Promise<void> {
  const [from, to] = [await realPath(source.locate('')), await realPath(destination)];
  if (`${to}${sep}`.startsWith(`${from}${sep}`) || `${from}${sep}`.startsWith(`${to}${sep}`)) {
    throw new SiltstoneError('backup_refused', `${destination} and the warehouse lie in each other`);
  }
  if ((await namesIn(destination)).length === 0) return;
  const storage = openLocalStorage(destination);
  const state = await backupState(storage);
  if (state === undefined)
    throw new SiltstoneError('backup_refused', `${destination} holds something that is no backup`);
  if (state.inbox !== inbox) {
    throw new SiltstoneError('backup_refused', `${destination} is a backup of another warehouse`);
  }
  const versions = (await storage.list(logFolder)).map(({ path }) => commitVersion(path) ?? -1);
  if (versions.some((version) => version > state.version)) {
    throw new SiltstoneError('backup_refused', `${destination} was written to since: it is a warehouse of its own now`);
  }
}

/** Refuses to put a snapshot over one of another table, or over a later one. @throws SiltstoneError `backup_refused` */
export async function checkGoesOn(storage: Storage, { metaData, version }: Snapshot): Promise<void> {
  const before = await backupState(storage);
  if (before === undefined) return;
  const isOther = before.table !== undefined && before.table !== metaData?.id;
  if (!isOther && before.version <= version) return;
  const found = isOther ? 'of another table' : `of version ${before.version}, and the warehouse is at ${version}`;
  throw new SiltstoneError('backup_refused', `${storage.locate('')} is a backup ${found}`);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return [];
    throw new SiltstoneError('backup_refused', `${folder} is no folder that can be read`, { cause: error });
  }
}

/** Where a path really leads; as it is given where nothing is there yet. */
const realPath = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));
