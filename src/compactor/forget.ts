import type { Engine } from '../engine.ts';
import { inboxId, listStreams, takenSuffix } from '../inbox/index.ts';
import {
  forgottenTxn,
  loadSnapshot,
  type Snapshot,
  type Storage,
  transact,
  watermarksOf,
  withoutStreams,
  writeCheckpoint,
} from '../lake/index.ts';
import type { Settings } from '../settings.ts';

export interface ForgetBench {
  readonly storage: Storage;
  readonly engine: Engine;
  readonly settings: Pick<Settings, 'stream_retention_ms' | 'vacuum_retention_ms' | 'commit_attempts_max'>;
}

/** The streams whose watermark is older than its retention and of which the inbox has no file any more. */
export async function streamsToForget(
  { storage, engine, settings }: ForgetBench,
  now = Date.now(),
): Promise<readonly string[]> {
  const snapshot = await loadSnapshot(storage, engine);
  const id = await inboxId(storage);
  const files = [...(await listStreams(storage, id)), ...(await listStreams(storage, id, takenSuffix))];
  const present = new Set(files.map(({ base }) => base));
  return [...watermarksOf(snapshot)]
    .filter(([, { takenAt }]) => now - takenAt > settings.stream_retention_ms)
    .map(([stream]) => stream)
    .filter((stream) => !present.has(stream.replace(/~\d+$/, '')));
}

/**
 * Leaves these watermarks out of a checkpoint, so that the log does not grow with every stream there ever was. That it
 * was done is committed first: from then on a stream without a watermark is looked for in the lake before it is taken.
 */
export async function forget(bench: ForgetBench, now = Date.now()): Promise<number> {
  const { storage, engine, settings } = bench;
  const streams = await streamsToForget(bench, now);
  if (streams.length === 0) return 0;
  const actionsOn = (snapshot: Snapshot) => [forgottenTxn(snapshot, streams.length, now)];
  const committed = await transact(storage, engine, { operation: 'FORGET', actionsOn }, settings.commit_attempts_max);
  if (committed !== undefined) {
    await writeCheckpoint(storage, engine, withoutStreams(committed, streams), settings.vacuum_retention_ms);
  }
  return streams.length;
}
