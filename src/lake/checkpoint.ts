import { readFile } from 'node:fs/promises';
import { type Engine, literal } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { type Action, serialise } from './actions.ts';
import { checkpointColumns, structType } from './checkpoint-columns.ts';
import { checkpointActionsIn } from './checkpoint-rows.ts';
import { checkpointPath, lastCheckpointPath } from './log-paths.ts';
import { fileSeal, isFileAsSealed, sealedFile } from './seal.ts';
import type { Snapshot } from './snapshot.ts';
import type { Storage } from './storage.ts';

/** Small enough that a large checkpoint is read side by side. */
const rowGroupRows = 16_384;

/**
 * Writes the checkpoint of a snapshot whose commit stands. Two writers write the same content: the later one does no harm.
 * Removals stay in it for `tombstoneRetentionMs`: until then a vacuum must leave their files.
 */
export async function writeCheckpoint(
  storage: Storage,
  engine: Engine,
  snapshot: Snapshot,
  tombstoneRetentionMs = 7 * 24 * 3_600_000,
): Promise<void> {
  const actions = checkpointActions(snapshot, Date.now() - tombstoneRetentionMs);
  const scratch = await storage.lend();
  try {
    const lines = await scratch.write('actions.ndjson', serialise(actions));
    const file = `${scratch.dir}/checkpoint.parquet`;
    const types = Object.entries(checkpointColumns).map(([name, fields]) => `"${name}": '${structType(fields)}'`);
    await engine.run(
      `copy (select * from read_json(${literal(lines)}, format = 'newline_delimited', hive_partitioning = false, columns = {${types.join(', ')}}))
       to ${literal(file)} (format parquet, compression zstd, row_group_size ${rowGroupRows}, kv_metadata {siltstone: ${literal(fileSeal)}})`,
    );
    const sealed = await scratch.write('sealed.parquet', sealedFile(await readFile(file)));
    await storage.publish([{ from: sealed, to: checkpointPath(snapshot.version) }]);
    await storage.replace(lastCheckpointPath, JSON.stringify({ version: snapshot.version, size: actions.length }));
  } finally {
    await scratch.close();
  }
}

/** The actions of a checkpoint. @throws SiltstoneError `lake_damaged` */
export async function readCheckpoint(storage: Storage, engine: Engine, version: number): Promise<readonly Action[]> {
  const path = checkpointPath(version);
  const bytes = await storage.read(path);
  if (bytes !== undefined && !isFileAsSealed(bytes)) {
    throw new SiltstoneError('lake_damaged', `the checkpoint ${path} is not what was written`);
  }
  try {
    return await checkpointActionsIn(engine, storage.locate(path));
  } catch (error) {
    throw new SiltstoneError('lake_damaged', `the checkpoint ${path} cannot be read`, { cause: error });
  }
}

/** What a checkpoint holds: what is live, and the removals that are still young. No commitInfo. */
function checkpointActions(snapshot: Snapshot, expiredBefore: number): readonly Action[] {
  const { protocol, metaData, txns, files, tombstones } = snapshot;
  return [
    ...(protocol ? [{ protocol }] : []),
    ...(metaData ? [{ metaData }] : []),
    ...[...txns.values()].map((txn) => ({ txn })),
    ...[...files.values()].map((add) => ({ add: { ...add, dataChange: false } })),
    ...[...tombstones.values()].filter((r) => r.deletionTimestamp >= expiredBefore).map((remove) => ({ remove })),
  ];
}
