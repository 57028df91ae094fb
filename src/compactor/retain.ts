import { type Engine, literal } from '../engine.ts';
import {
  type Action,
  type Add,
  dataPath,
  expiredOf,
  expiredTxn,
  loadSnapshot,
  type Snapshot,
  type Storage,
  transact,
  watermarksOf,
} from '../lake/index.ts';
import type { Settings } from '../settings.ts';

export interface RetainBench {
  readonly storage: Storage;
  readonly engine: Engine;
  readonly settings: Pick<Settings, 'retention' | 'commit_attempts_max'>;
}

/** What expired. */
export interface Retention {
  readonly files: number;
  readonly lines: number;
}

const dayMs = 24 * 3_600_000;
/** Files that one query reads and one commit removes, at most. */
const filesMax = 500;

/** The live files that the setting `retention` does not keep at that time. Pure. */
export function expiredFiles(files: Iterable<Add>, retention: string, now: number): readonly Add[] {
  const days = new Map(
    retention.split(',').map((rule): [string, number] => {
      const [kind = '', kept = ''] = rule.split('=');
      return [kind, Number.parseInt(kept, 10)];
    }),
  );
  // A file of several kinds is kept as long as any of them might be, and one of several days for ever.
  const longest = days.has('*') ? Math.max(...days.values()) : undefined;
  return [...files].filter(({ partitionValues: { event, date } }) => {
    const kept = event === null || event === undefined ? longest : (days.get(event) ?? days.get('*'));
    return kept !== undefined && typeof date === 'string' && date < isoDate(now - kept * dayMs);
  });
}

const isoDate = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The files that retention would take out of the newest snapshot. */
export async function retentionDue(
  { storage, engine, settings }: RetainBench,
  now = Date.now(),
): Promise<readonly Add[]> {
  return expiredFiles((await loadSnapshot(storage, engine)).files.values(), settings.retention, now);
}

/**
 * Takes events out of the table that are older than their kind is kept, day by day. How many lines of each stream went is
 * committed with them: lines that expired are not lost ones. The files stay until a vacuum.
 */
export async function retain(bench: RetainBench, now = Date.now()): Promise<Retention> {
  let done: Retention = { files: 0, lines: 0 };
  for (;;) {
    const expired = (await retentionDue(bench, now)).slice(0, filesMax);
    if (expired.length === 0) return done;
    const lines = await commitExpired(bench, expired, now);
    done = { files: done.files + expired.length, lines: done.lines + lines };
  }
}

/** The lines that expired; none where a merge rewrote one of the files meanwhile. */
async function commitExpired(
  { storage, engine, settings }: RetainBench,
  expired: readonly Add[],
  now: number,
): Promise<number> {
  const counts = await linesByStream(storage, engine, expired);
  const removes = expired.map(({ path, partitionValues, size }) => ({
    remove: { path, deletionTimestamp: now, dataChange: true, extendedFileMetadata: true, partitionValues, size },
  }));
  const actionsOn = (snapshot: Snapshot): readonly Action[] | undefined => {
    if (!expired.every(({ path }) => snapshot.files.has(path))) return undefined;
    const [before, known] = [expiredOf(snapshot), watermarksOf(snapshot)];
    // Of a stream whose watermark was forgotten nobody asks any more: its marks would stay in the log for ever.
    const asked = [...counts].filter(([stream]) => known.has(stream));
    return [...removes, ...asked.map(([stream, lines]) => expiredTxn(stream, (before.get(stream) ?? 0) + lines, now))];
  };
  const operationMetrics = { numRemovedFiles: String(expired.length) };
  const committed = await transact(
    storage,
    engine,
    { operation: 'RETAIN', operationMetrics, actionsOn },
    settings.commit_attempts_max,
  );
  return committed === undefined ? 0 : [...counts.values()].reduce((sum, lines) => sum + lines, 0);
}

async function linesByStream(
  storage: Storage,
  engine: Engine,
  adds: readonly Add[],
): Promise<ReadonlyMap<string, number>> {
  const paths = adds.map(({ path }) => literal(storage.locate(dataPath(path))));
  const rows = await engine.rows(`select stream, count(*) as lines from read_parquet([${paths.join(', ')}],
    schema = map {'stream': {name: 'stream', type: 'varchar', default_value: null}}) group by stream`);
  return new Map(rows.map(({ stream, lines }) => [String(stream), Number(lines)]));
}
