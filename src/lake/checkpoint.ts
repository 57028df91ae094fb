import { type Engine, literal } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { type Action, serialise } from './actions.ts';
import { checkpointPath, lastCheckpointPath } from './log-paths.ts';
import type { Snapshot } from './snapshot.ts';
import type { Storage } from './storage.ts';

/** The checkpoint’s columns: PROTOCOL.md, “Checkpoint Schema”. Real structs and maps, or no other engine can read it. */
const columns = {
  protocol: 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER)',
  metaData:
    'STRUCT(id VARCHAR, "format" STRUCT(provider VARCHAR, options MAP(VARCHAR, VARCHAR)), schemaString VARCHAR, ' +
    'partitionColumns VARCHAR[], configuration MAP(VARCHAR, VARCHAR), createdTime BIGINT)',
  txn: 'STRUCT(appId VARCHAR, "version" BIGINT, lastUpdated BIGINT)',
  add:
    'STRUCT(path VARCHAR, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT, modificationTime BIGINT, ' +
    'dataChange BOOLEAN, stats VARCHAR, tags MAP(VARCHAR, VARCHAR))',
  remove:
    'STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN, extendedFileMetadata BOOLEAN, ' +
    'partitionValues MAP(VARCHAR, VARCHAR), size BIGINT)',
} as const;

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
    const types = Object.entries(columns).map(([name, type]) => `"${name}": '${type}'`);
    await engine.run(
      `copy (select * from read_json(${literal(lines)}, format = 'newline_delimited', hive_partitioning = false, columns = {${types.join(', ')}}))
       to ${literal(file)} (format parquet, compression zstd)`,
    );
    await storage.publish([{ from: file, to: checkpointPath(snapshot.version) }]);
    await storage.replace(lastCheckpointPath, JSON.stringify({ version: snapshot.version, size: actions.length }));
  } finally {
    await scratch.close();
  }
}

/** The actions of a checkpoint. @throws SiltstoneError `lake_damaged` */
export async function readCheckpoint(storage: Storage, engine: Engine, version: number): Promise<readonly Action[]> {
  const path = checkpointPath(version);
  const fields = Object.keys(columns).map((name) => `"${name}"`);
  try {
    const rows = await engine.rows(
      `select to_json(struct_pack(${fields.map((f) => `${f} := ${f}`).join(', ')}))::varchar as action
       from read_parquet(${literal(storage.locate(path))}, hive_partitioning = false)`,
    );
    return rows.map((row) => withoutNulls(JSON.parse(String(row.action))) as Action);
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

/** Absent fields are NULL in the Parquet structs; a NULL partition value is a value and stays. */
function withoutNulls(action: Record<string, unknown>): Record<string, unknown> {
  const present = (fields: object): Record<string, unknown> =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  return Object.fromEntries(Object.entries(present(action)).map(([name, fields]) => [name, present(fields as object)]));
}
