import {
  forgottenMarks,
  inboxId,
  listStreams,
  loadPromotion,
  nextPieces,
  type Pending,
  pendingOf,
  promotionSql,
  type StreamFile,
} from '../inbox/index.ts';
import { type Action, loadSnapshot, type Snapshot, transact, watermarksOf, watermarkTxns } from '../lake/index.ts';
import { type Bench, bytesIn, type Compaction, compactUnlessTaken, nothing } from './compact-batch.ts';
import { requireRoom, roomIn } from './room.ts';

export interface Progress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/**
 * Takes every whole line that was pending when it began into the lake, in batches; each batch is one commit and exactly
 * once, whoever else compacts. Stops between two batches when `signal` aborts.
 * @throws SiltstoneError `disk_full` before the disk's reserve is touched: batches are smaller while little is free
 */
export async function compact(
  bench: Bench,
  onProgress: (progress: Progress) => void = () => {},
  signal?: AbortSignal,
): Promise<Compaction> {
  const round = { ...bench, promotion: await loadPromotion(bench.storage) };
  await bench.engine.run(promotionSql);
  const id = await inboxId(bench.storage);
  let snapshot = await loadSnapshot(bench.storage, bench.engine);
  let streams = await listStreams(bench.storage, id);
  snapshot = await remember(bench, snapshot, streams);
  const bytesTotal = bytesPending(pendingOf(streams, watermarksOf(snapshot)));
  const served = new Set<string>();
  let done = nothing;
  while (!signal?.aborted) {
    const pending = pendingOf(streams, watermarksOf(snapshot));
    onProgress({ bytesDone: bytesTotal - bytesPending(pending), bytesTotal });
    const roomBytes = await roomIn(bench.storage, bench.settings);
    const batchBytes = Math.max(1, Math.min(bench.settings.compact_batch_bytes, roomBytes));
    const pieces = await nextPieces(pending, batchBytes, served);
    if (pieces.length === 0) break;
    requireRoom('a compaction', bytesIn(pieces), roomBytes);
    for (const { file } of pieces) served.add(file);
    const batch = await compactUnlessTaken(round, snapshot, pieces);
    // A listing older than the watermarks would make a stream that another compactor took further look cut off.
    const isAlone = batch.snapshot.version === snapshot.version + batch.compaction.commits;
    snapshot = batch.snapshot;
    if (!isAlone) {
      streams = await listStreams(bench.storage, id);
      snapshot = await remember(bench, snapshot, streams);
    }
    done = sum(done, batch.compaction);
  }
  return done;
}

/** Commits the watermarks of streams that came back after theirs were forgotten. */
async function remember(bench: Bench, known: Snapshot, streams: readonly StreamFile[]): Promise<Snapshot> {
  const { storage, engine, settings } = bench;
  const marks = await forgottenMarks(storage, engine, known, streams);
  if (marks.size === 0) return known;
  const actionsOn = (snapshot: Snapshot): readonly Action[] => {
    const there = watermarksOf(snapshot);
    return [...marks].filter(([stream]) => !there.has(stream)).flatMap(([stream, mark]) => watermarkTxns(stream, mark));
  };
  const committed = await transact(
    storage,
    engine,
    { operation: 'REMEMBER', actionsOn },
    settings.commit_attempts_max,
    known,
  );
  return committed ?? known;
}

const bytesPending = (pending: readonly Pending[]): number =>
  pending.reduce((total, { bytes, from }) => total + bytes - from.bytes, 0);

function sum(a: Compaction, b: Compaction): Compaction {
  return {
    commits: a.commits + b.commits,
    lines: a.lines + b.lines,
    bytesRead: a.bytesRead + b.bytesRead,
    rewritten: a.rewritten + b.rewritten,
    files: a.files + b.files,
    bytesWritten: a.bytesWritten + b.bytesWritten,
  };
}
