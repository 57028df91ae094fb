import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { type DeltaField, partitionColumns } from '../events/index.ts';
import { type Action, type CommitInfo, parseActions, serialise } from './actions.ts';
import { checkpointVersion, commitPath, logFolder } from './log-paths.ts';
import { newSchema, widenedSchema } from './schema.ts';
import { blankSeal, sealed } from './seal.ts';
import { loadSnapshot, replay, type Snapshot } from './snapshot.ts';
import type { Storage } from './storage.ts';

export interface CommitResult {
  readonly outcome: 'committed' | 'conflict';
  readonly version: number;
}

export interface Transaction {
  readonly operation: string;
  readonly operationMetrics?: Readonly<Record<string, string>>;
  /** Columns beside the contract's that the files hold: the table's schema has them from this commit on. */
  readonly columns?: readonly DeltaField[];
  /**
   * The actions to commit on top of a snapshot; asked again after each lost race. Undefined: nothing is left to do.
   * Here each `txn` must be compared with the snapshot’s: the protocol records it and enforces nothing.
   */
  actionsOn(snapshot: Snapshot): readonly Action[] | undefined;
}

/** Creates the log entry `version`, or finds that another writer did. A conflict changed nothing: retry on the next snapshot. */
export async function commit(storage: Storage, version: number, actions: readonly Action[]): Promise<CommitResult> {
  const outcome = await storage.create(commitPath(version), sealed(serialise(actions)));
  return { outcome: outcome === 'created' ? 'committed' : 'conflict', version };
}

/**
 * Whether an entry was created where the log had been cleaned up: its name was free, and no reader will ever look there.
 * Only a process that stood still for longer than the log is kept can do so. But others may also have gone on from the entry,
 * and cleaned up behind themselves, before this was asked: then what they hold has its actions.
 */
async function isBehindTheLog(
  storage: Storage,
  engine: Engine,
  version: number,
  actions: readonly Action[],
): Promise<boolean> {
  if (!(await isCleanedUp(storage, version))) return false;
  const { version: newest, files, tombstones, txns } = await loadSnapshot(storage, engine);
  const isKnown = ({ add, txn }: Action): boolean =>
    (add === undefined || files.has(add.path) || tombstones.has(add.path)) &&
    (txn === undefined || (txns.get(txn.appId)?.version ?? -1) >= txn.version);
  return newest > version && !actions.every(isKnown);
}

/** A clean-up needs a later checkpoint; it removes oldest entries first and never the newest one. */
async function isCleanedUp(storage: Storage, version: number): Promise<boolean> {
  if (version > 0) return (await storage.stat(commitPath(version - 1))) === undefined;
  return (await storage.list(logFolder)).some(({ path }) => (checkpointVersion(path) ?? 0) > 0);
}

/**
 * Commits against the newest snapshot, again after each lost race, and gives the snapshot after it; undefined where
 * nothing was left to do. The first commit of a table brings its protocol and schema.
 * @throws SiltstoneError `conflict` after `attemptsMax` lost races; `commit_outcome_unknown` where the write failed and
 *   the log cannot be read either.
 */
export async function transact(
  storage: Storage,
  engine: Engine,
  transaction: Transaction,
  attemptsMax: number,
  known?: Snapshot,
): Promise<Snapshot | undefined> {
  let snapshot = await loadSnapshot(storage, engine, known);
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const own = transaction.actionsOn(snapshot);
    if (own === undefined) return undefined;
    const info = commitInfo(transaction);
    const actions = [{ commitInfo: info }, ...tableActions(snapshot, transaction.columns ?? []), ...own];
    const version = snapshot.version + 1;
    const result = await commitKnowingOutcome(storage, version, actions, info.txnId);
    if (result.outcome === 'committed') {
      if (!(await isBehindTheLog(storage, engine, version, own))) return replay(snapshot, [{ version, actions }]);
      await storage.remove(commitPath(version));
    }
    snapshot = await loadSnapshot(storage, engine, snapshot);
    await wait(Math.random() * Math.min(attempt, 10) * 5);
  }
  throw new SiltstoneError('conflict', `${transaction.operation} lost ${attemptsMax} commit races`);
}

/** After a failed write the entry may stand all the same: only the log tells. Deleting data on a guess would lose it. */
async function commitKnowingOutcome(
  storage: Storage,
  version: number,
  actions: readonly Action[],
  txnId: string,
): Promise<CommitResult> {
  try {
    return await commit(storage, version, actions);
  } catch (error) {
    const entry = await storage.read(commitPath(version)).catch((cause: unknown) => {
      throw new SiltstoneError('commit_outcome_unknown', `whether ${commitPath(version)} was written is unknown`, {
        cause,
      });
    });
    if (entry === undefined) throw error;
    const isOurs = parseActions(entry, commitPath(version)).some((action) => action.commitInfo?.txnId === txnId);
    return { outcome: isOurs ? 'committed' : 'conflict', version };
  }
}

function commitInfo({ operation, operationMetrics }: Transaction): CommitInfo {
  return {
    timestamp: Date.now(),
    operation,
    ...(operationMetrics && { operationMetrics }),
    engineInfo: 'siltstone',
    txnId: randomUUID(),
    seal: blankSeal,
  };
}

/** What a commit must say about the table: everything at first, later only a schema that has grown. */
function tableActions({ metaData }: Snapshot, columns: readonly DeltaField[]): readonly Action[] {
  if (metaData === undefined) {
    const created = {
      id: randomUUID(),
      format: { provider: 'parquet', options: {} },
      schemaString: newSchema(columns),
      partitionColumns: [...partitionColumns],
      configuration: {},
      createdTime: Date.now(),
    };
    return [{ protocol: { minReaderVersion: 1, minWriterVersion: 2 } }, { metaData: created }];
  }
  const schemaString = widenedSchema(metaData.schemaString, columns);
  return schemaString === metaData.schemaString ? [] : [{ metaData: { ...metaData, schemaString } }];
}
