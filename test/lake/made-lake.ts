import type { Engine } from '../../src/engine.ts';
import { type Action, type Snapshot, type Storage, transact } from '../../src/lake/index.ts';

export const addOf = (name: string): Action => ({
  add: {
    path: `event=log/date=2026-11-23/${name}.parquet`,
    partitionValues: { event: 'log', date: '2026-11-23' },
    size: 1,
    modificationTime: 1,
    dataChange: true,
    stats: '{"numRecords":1}',
  },
});

export const txnOf = (appId: string, version: number): Action => ({ txn: { appId, version, lastUpdated: 1 } });

/** Commits some actions on whatever is there. */
export function committed(
  storage: Storage,
  engine: Engine,
  actions: readonly Action[],
  known?: Snapshot,
): Promise<Snapshot | undefined> {
  return transact(storage, engine, { operation: 'TEST', actionsOn: () => actions }, 5, known);
}
