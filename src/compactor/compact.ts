import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Engine } from '../engine.ts';
import type { Promotion } from '../events/index.ts';
import {
  bytesOf,
  forgottenMarks,
  type Intake,
  inboxId,
  listStreams,
  loadPromotion,
  nextPieces,
  type Pending,
  type Piece,
  pendingOf,
  promotionSql,
  type StreamFile,
  sideBySide,
  syncForeign,
  takeIn,
  writableColumns,
} from '../inbox/index.ts';
import {
  type Action,
  fitsSchema,
  isVacuumedSince,
  loadSnapshot,
  type Scratch,
  type Snapshot,
  type Storage,
  transact,
  untaken,
  watermarksOf,
  watermarkTxns,
} from '../lake/index.ts';
import type { Settings } from '../settings.ts';
import { checkpointAtTimes } from './checkpoint-at-times.ts';
import type { DataFile } from './data-file.ts';
import { publishAndCommit } from './publish.ts';
import { requireRoom, roomIn } from './room.ts';
import { writePartitions } from './write.ts';

export type CompactSettings = Pick<
  Settings,
  | 'compact_batch_bytes'
  | 'compact_kinds_max'
  | 'compact_dates_max'
  | 'compact_files_max'
  | 'disk_reserve_bytes'
  | 'commit_attempts_max'
  | 'checkpoint_commits'
  | 'vacuum_retention_ms'
  | 'parquet_version'
>;

export interface Compaction {
  readonly commits: number;
  readonly lines: number;
  readonly bytesRead: number;
  /** Times that a stream was read line by line, because it held a line in another form than the emitters'. */
  readonly rewritten: number;
  readonly files: number;
  readonly bytesWritten: number;
}

export interface Progress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** The lake that is worked on, and with what. */
export interface Bench {
  readonly storage: Storage;
  readonly engine: Engine;
  readonly settings: CompactSettings;
}

/** The same with the settings file as it was when the compaction began. */
interface Round extends Bench {
  readonly promotion: Promotion;
}

const nothing: Compaction = { commits: 0, lines: 0, bytesRead: 0, rewritten: 0, files: 0, bytesWritten: 0 };

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

interface Batch {
  readonly snapshot: Snapshot;
  readonly compaction: Compaction;
}

/**
 * A failure because another compactor took one of the streams further meanwhile, or because its file is gone, is a lost
 * race: a process that slept for hours wakes up with a list of files that were swept since.
 */
async function compactUnlessTaken(bench: Round, known: Snapshot, pieces: readonly Piece[]): Promise<Batch> {
  try {
    return await compactBatch(bench, known, pieces);
  } catch (error) {
    // Where the log cannot be read either, what failed first is what matters.
    const snapshot = await loadSnapshot(bench.storage, bench.engine, known).catch(() => undefined);
    if (snapshot === undefined || (isWhereWeBegan(snapshot, pieces) && (await areThere(pieces)))) throw error;
    return { snapshot, compaction: nothing };
  }
}

async function areThere(pieces: readonly Piece[]): Promise<boolean> {
  const found = await sideBySide(pieces, ({ file }) => stat(file).catch(() => undefined));
  return found.every((one) => one !== undefined);
}

async function compactBatch(bench: Round, known: Snapshot, pieces: readonly Piece[], copyAll = false): Promise<Batch> {
  const { storage, engine, settings, promotion } = bench;
  const scratch = await storage.lend();
  try {
    const intake = await takeIn(engine, scratch, pieces, { copyAll });
    const promoted = (kind: string) => writableColumns(promotion.get(kind)?.fields ?? [], known);
    const ownKinds = new Set([...kindsOf(known), ...promotion.keys()]);
    const files = await writePartitions(engine, scratch, ownKinds, { ...settings, promoted });
    if (!(await intake.isUnchanged())) return await compactBatch(bench, known, pieces, true);
    await keepLongLines(storage, scratch, intake);
    await syncForeign(pieces);
    const committed = await publishAndCommit(storage, files, () => commitTaken(bench, known, pieces, intake, files));
    if (committed === undefined) return { snapshot: await loadSnapshot(storage, engine, known), compaction: nothing };
    await checkpointAtTimes(bench, committed);
    return { snapshot: committed, compaction: compactionOf(pieces, intake, files) };
  } finally {
    await scratch.close();
  }
}

/** The kinds that have partitions of their own. */
export const kindsOf = ({ files }: Snapshot): ReadonlySet<string> =>
  new Set([...files.values()].flatMap(({ partitionValues: { event } }) => event ?? []));

/**
 * Undefined where another compactor took one of the streams further in the meantime, gave a column another type, or a
 * vacuum began: then nothing of this batch counts.
 */
function commitTaken(
  { storage, engine, settings }: Bench,
  known: Snapshot,
  pieces: readonly Piece[],
  intake: Intake,
  files: readonly DataFile[],
): Promise<Snapshot | undefined> {
  const takenAt = Date.now();
  const actions: readonly Action[] = [
    ...[...intake.watermarks].flatMap(([stream, mark]) => watermarkTxns(stream, { ...mark, takenAt })),
    ...files.map(({ add }) => ({ add })),
  ];
  const columns = files.flatMap((file) => file.columns);
  const transaction = {
    operation: 'COMPACT',
    columns,
    operationMetrics: { numFiles: String(files.length), numOutputRows: String(intake.lineCount) },
    actionsOn: (snapshot: Snapshot) =>
      isWhereWeBegan(snapshot, pieces) && fitsSchema(snapshot.metaData, columns) && !isVacuumedSince(known, snapshot)
        ? actions
        : undefined,
  };
  return transact(storage, engine, transaction, settings.commit_attempts_max, known);
}

function isWhereWeBegan(snapshot: Snapshot, pieces: readonly Piece[]): boolean {
  const watermarks = watermarksOf(snapshot);
  return pieces.every(({ stream, fromLine, range }) => {
    const { lines, bytes } = watermarks.get(stream) ?? untaken;
    return lines === fromLine && bytes === range.from;
  });
}

/** A line too long for an event is kept whole beside the lake. */
async function keepLongLines(storage: Storage, scratch: Scratch, { longLines }: Intake): Promise<void> {
  for (const { piece, line, range } of longLines) {
    const stream = createHash('sha256').update(piece.stream).digest('hex').slice(0, 16);
    const from = await scratch.write(`long-${stream}-${line}`, bytesOf(piece.file, range));
    await storage.publish([{ from, to: `rejected/${stream}-${line}.txt` }]);
  }
}

const bytesPending = (pending: readonly Pending[]): number =>
  pending.reduce((total, { bytes, from }) => total + bytes - from.bytes, 0);

const bytesIn = (pieces: readonly Piece[]): number =>
  pieces.reduce((total, { range }) => total + range.to - range.from, 0);

function compactionOf(
  pieces: readonly Piece[],
  { lineCount, rewrittenCount }: Intake,
  files: readonly DataFile[],
): Compaction {
  return {
    commits: 1,
    lines: lineCount,
    bytesRead: bytesIn(pieces),
    rewritten: rewrittenCount,
    files: files.length,
    bytesWritten: files.reduce((total, { add }) => total + add.size, 0),
  };
}

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
