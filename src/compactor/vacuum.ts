import type { Engine } from '../engine.ts';
import {
  dataPath,
  type FileInfo,
  loadSnapshot,
  type Snapshot,
  type Storage,
  tableFolder,
  transact,
  vacuumMark,
} from '../lake/index.ts';
import type { Settings } from '../settings.ts';

export interface VacuumBench {
  readonly storage: Storage;
  readonly engine: Engine;
  readonly settings: Pick<Settings, 'vacuum_retention_ms' | 'commit_attempts_max'>;
}

/** What was removed. */
export interface Vacuum {
  readonly files: number;
  readonly bytes: number;
}

/**
 * The data files that no snapshot younger than the retention names: such as left the table before that, and such as no
 * commit ever named, left by a crash. Files in scratch that are as old are among them.
 */
export async function vacuumDue(
  { storage, engine, settings }: VacuumBench,
  now = Date.now(),
): Promise<readonly FileInfo[]> {
  // Listed before the log is read: what is published in between is then in the log, or not in the list.
  const found = await storage.listTree(tableFolder);
  const needed = neededFiles(await loadSnapshot(storage, engine), now - settings.vacuum_retention_ms);
  const isOld = ({ modifiedAt }: FileInfo): boolean => modifiedAt <= now - settings.vacuum_retention_ms;
  return found.filter((file) => isRemovable(file.path) && isOld(file) && !needed.has(file.path));
}

/** Data files, and what is on its way to become one. */
function isRemovable(path: string): boolean {
  const [, folder = ''] = path.split('/');
  return folder === '_scratch' || /\/\.tmp-[^/]+$/.test(path) || (!folder.startsWith('_') && path.endsWith('.parquet'));
}

function neededFiles({ files, tombstones }: Snapshot, expiredBefore: number): ReadonlySet<string> {
  const young = [...tombstones.values()].filter(({ deletionTimestamp }) => deletionTimestamp > expiredBefore);
  return new Set([...files.keys(), ...young.map(({ path }) => path)].map(dataPath));
}

/**
 * Deletes what `vacuumDue` finds. A process may stand still between the publishing of a file and its commit for any time: so
 * first a mark is committed, which makes such a commit begin anew, and only what is not live under the mark is deleted.
 */
export async function vacuum(bench: VacuumBench, now = Date.now()): Promise<Vacuum> {
  const { storage, engine, settings } = bench;
  const due = await vacuumDue(bench, now);
  if (due.length === 0) return { files: 0, bytes: 0 };
  const transaction = { operation: 'VACUUM START', actionsOn: (snapshot: Snapshot) => [vacuumMark(snapshot)] };
  const marked = await transact(storage, engine, transaction, settings.commit_attempts_max);
  const needed = neededFiles(marked ?? (await loadSnapshot(storage, engine)), now - settings.vacuum_retention_ms);
  const removable = due.filter(({ path }) => !needed.has(path));
  for (const { path } of removable) await storage.remove(path);
  return { files: removable.length, bytes: removable.reduce((sum, { bytes }) => sum + bytes, 0) };
}
