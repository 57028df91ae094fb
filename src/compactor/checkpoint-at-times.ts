import type { Engine } from '../engine.ts';
import { type Snapshot, type Storage, writeCheckpoint } from '../lake/index.ts';
import type { Settings } from '../settings.ts';

interface CheckpointBench {
  readonly storage: Storage;
  readonly engine: Engine;
  readonly settings: Pick<Settings, 'checkpoint_commits' | 'vacuum_retention_ms'>;
}

/** Writes a checkpoint behind each so-many-th commit. */
export async function checkpointAtTimes(
  { storage, engine, settings }: CheckpointBench,
  snapshot: Snapshot,
): Promise<void> {
  const isDue = snapshot.version > 0 && snapshot.version % settings.checkpoint_commits === 0;
  if (isDue) await writeCheckpoint(storage, engine, snapshot, settings.vacuum_retention_ms);
}
