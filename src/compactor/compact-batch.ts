import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Engine } from '../engine.ts';
import type { Promotion } from '../events/index.ts';
import { bytesOf, type Intake, type Piece, sideBySide, syncForeign, takeIn, writableColumns } from '../inbox/index.ts';
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

/** The lake that is worked on, and with what. */
export interface Bench {
  readonly storage: Storage;
  readonly engine: Engine;
  readonly settings: CompactSettings;
}

/** The same with the settings file as it was when the compaction began. */
export interface Round extends Bench {
  readonly promotion: Promotion;
}

export const nothing: Compaction = { commits: 0, lines: 0, bytesRead: 0, rewritten: 0, files: 0, bytesWritten: 0 };

export interface Batch {
  readonly snapshot: Snapshot;
  readonly compaction: Compaction;
}

/**
 * A failure because another compactor took one of the streams further meanwhile, or because its file is gone, is a lost
 * race: a process that slept for hours wakes up with a list of files that were swept since.
 */
export async function compactUnlessTaken(bench: Round, known: Snapshot, pieces: readonly Piece[]): Promise<Batch> {
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

export const bytesIn = (pieces: readonly Piece[]): number =>
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
