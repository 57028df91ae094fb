import { dirname } from 'node:path';
import { type Engine, literal } from '../engine.ts';
import { current, inboxId, listStreams, type StreamFile, takenSuffix } from '../inbox/index.ts';
import { dataPath, loadSnapshot, type Snapshot, type Storage, type Watermark, watermarksOf } from '../lake/index.ts';
import type { Settings } from '../settings.ts';

/** How many streams were set aside, and how many that had been were removed. */
export interface Sweep {
  readonly setAside: number;
  readonly removed: number;
}

/**
 * Removes streams of ended jobs whose last line the lake took longer than the grace ago, in two sweeps: the first renames
 * a stream, the next removes it if nothing was appended meanwhile through a handle that was still open. What was
 * appended brings the stream back. Clocks only say when: a stream that goes early, because one of them jumped, is in the
 * lake to the byte, and a reader that still wanted its file looks again. Any number of sweeps may run at once.
 */
export async function sweep(
  storage: Storage,
  engine: Engine,
  settings: Pick<Settings, 'inbox_grace_ms'>,
  now: number = Date.now(),
): Promise<Sweep> {
  const snapshot = await loadSnapshot(storage, engine);
  const watermarks = watermarksOf(snapshot);
  const id = await inboxId(storage);
  const removed = await removeSetAside(storage, id, watermarks);
  const isOver = ({ from, file }: Taken): boolean =>
    file.bytes <= from.bytes && now - from.takenAt > settings.inbox_grace_ms;
  const taken = takenOf(await listStreams(storage, id), watermarks).filter(isOver);
  const ended = await endedJobs(storage, engine, snapshot, taken);
  const over = taken.filter(({ file }) => ended.has(file.jobId ?? ''));
  let setAside = 0;
  for (const { file } of over) setAside += Number(await storage.move(file.path, `${file.path}${takenSuffix}`));
  return { setAside, removed };
}

interface Taken {
  readonly file: StreamFile;
  readonly from: Watermark;
}

const takenOf = (files: readonly StreamFile[], watermarks: ReadonlyMap<string, Watermark>): readonly Taken[] =>
  files.map((file) => ({ file, from: current(file, watermarks).from })).filter(({ from }) => from.lines > 0);

async function removeSetAside(
  storage: Storage,
  id: string,
  watermarks: ReadonlyMap<string, Watermark>,
): Promise<number> {
  let removed = 0;
  for (const file of await listStreams(storage, id, takenSuffix)) {
    const { from } = current(file, watermarks);
    if (file.bytes > from.bytes || from.lines === 0) {
      await storage.move(file.path, file.path.slice(0, -takenSuffix.length));
      continue;
    }
    removed += Number(await storage.removeUnlessGrown(file.path, file.bytes));
    await storage.removeEmptyFolder(dirname(file.path));
  }
  return removed;
}

/** The jobs among some streams' whose end the lake has seen. */
async function endedJobs(
  storage: Storage,
  engine: Engine,
  snapshot: Snapshot,
  taken: readonly Taken[],
): Promise<ReadonlySet<string>> {
  const statuses = [...snapshot.files.values()].filter((add) => add.partitionValues.event === 'job.status');
  if (taken.length === 0 || statuses.length === 0) return new Set();
  const files = statuses.map((add) => literal(storage.locate(dataPath(add.path))));
  const rows =
    await engine.rows(`select distinct job_id from read_parquet([${files.join(', ')}], union_by_name = true, hive_partitioning = false)
    where status in ('done', 'error', 'cancelled')`);
  return new Set(rows.map((row) => String(row.job_id)));
}
