import { cleanLog, expiredLog, rowCountOf } from '../lake/index.ts';
import type { Settings } from '../settings.ts';
import { type ForgetBench, forget, streamsToForget } from './forget.ts';
import { type RetainBench, type Retention, retain, retentionDue } from './retain.ts';
import { type Vacuum, type VacuumBench, vacuum, vacuumDue } from './vacuum.ts';

export interface UpkeepBench extends RetainBench, ForgetBench, VacuumBench {
  readonly settings: RetainBench['settings'] &
    ForgetBench['settings'] &
    VacuumBench['settings'] &
    Pick<Settings, 'log_retention_ms'>;
}

/** What the daily round did, or would do. */
export interface Upkeep {
  readonly expired: Retention;
  readonly streamsForgotten: number;
  readonly logFilesRemoved: number;
  readonly vacuumed: Vacuum;
}

/** Everything that is old enough to go: events that are kept no longer, watermarks, entries of the log, files. */
export async function upkeep(bench: UpkeepBench, now = Date.now()): Promise<Upkeep> {
  const expired = await retain(bench, now);
  const streamsForgotten = await forget(bench, now);
  const log = await expiredLog(bench.storage, bench.engine, bench.settings.log_retention_ms, now);
  await cleanLog(bench.storage, log);
  return { expired, streamsForgotten, logFilesRemoved: log.length, vacuumed: await vacuum(bench, now) };
}

/** What `upkeep` would do now. Files that only its own retention would make old are not counted: they stay for a while. */
export async function upkeepDue(bench: UpkeepBench, now = Date.now()): Promise<Upkeep> {
  const { storage, engine, settings } = bench;
  const expired = await retentionDue(bench, now);
  const files = await vacuumDue(bench, now);
  return {
    expired: { files: expired.length, lines: expired.reduce((sum, add) => sum + (rowCountOf(add.stats) ?? 0), 0) },
    streamsForgotten: (await streamsToForget(bench, now)).length,
    logFilesRemoved: (await expiredLog(storage, engine, settings.log_retention_ms, now)).length,
    vacuumed: { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) },
  };
}
