import { SiltstoneError } from '../errors.ts';
import { dataPath, type Snapshot, type Storage } from '../lake/index.ts';
import type { DataFile } from './data-file.ts';

/**
 * Makes data files durable and commits what names them. Leaves none behind that no commit names, unless that is
 * unknown: deleting data on a guess would lose it. Undefined where `commit` found nothing left to do.
 */
export async function publishAndCommit(
  storage: Storage,
  files: readonly DataFile[],
  commit: () => Promise<Snapshot | undefined>,
): Promise<Snapshot | undefined> {
  const withdraw = () => Promise.all(files.map(({ add }) => storage.remove(dataPath(add.path))));
  try {
    await storage.publish(files.map(({ scratchPath, add }) => ({ from: scratchPath, to: dataPath(add.path) })));
    const committed = await commit();
    if (committed === undefined) await withdraw();
    return committed;
  } catch (error) {
    // What cannot be withdrawn either is left to vacuum; why the commit failed is what matters.
    if (isKnownToHaveFailed(error)) await withdraw().catch(() => undefined);
    throw error;
  }
}

function isKnownToHaveFailed(error: unknown): boolean {
  return error instanceof SiltstoneError && ['conflict', 'disk_full', 'warehouse_not_writable'].includes(error.code);
}
