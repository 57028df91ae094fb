import { stat } from 'node:fs/promises';
import { type Engine, literal } from '../engine.ts';
import type { Scratch, Watermark } from '../lake/index.ts';
import { lakeSelection, lineTable } from './contract-sql.ts';
import { type Loaded, loadCanonical, loadJudged, type Rewritten, type Source } from './load.ts';
import type { Piece } from './pieces.ts';
import { canonicalLines, type LongLine } from './rewrite.ts';
import { sideBySide } from './side-by-side.ts';
import { type Staged, stage } from './stage.ts';

/** Pieces whose events are the rows of the view `intake.events`, in the lake's columns. */
export interface Intake {
  /** The watermark of each stream once these pieces are taken. */
  readonly watermarks: ReadonlyMap<string, Omit<Watermark, 'takenAt'>>;
  readonly lineCount: number;
  /** Pieces that had a line in another form, and were rewritten line by line. */
  readonly rewrittenCount: number;
  readonly longLines: readonly LongLine[];
  /** Whether the files that were read where they lie are still what they were. Where not, the rows are worth nothing. */
  isUnchanged(): Promise<boolean>;
}

/**
 * Reads pieces: a stream whose lines are all canonical as it is, any other rewritten line by line, so that no line is
 * lost and each means the same whatever its neighbours are. With `copyAll` nothing is read where it lies.
 */
export async function takeIn(
  engine: Engine,
  scratch: Scratch,
  pieces: readonly Piece[],
  { copyAll = false } = {},
): Promise<Intake> {
  const staged = await sideBySide(pieces, (piece, i) => stage(piece, i, scratch, copyAll));
  const sources = sourcesOf(staged);
  await defineTables(engine, scratch, sources);
  const loaded = await loadJudged(engine, scratch, sources);
  const longLines: LongLine[] = [];
  const rewritten: Rewritten[] = [];
  const complete: Loaded[] = [];
  for (const one of loaded) complete.push(one.isCanonical ? one : await rewrite(scratch, one, rewritten, longLines));
  await loadCanonical(engine, rewritten);
  return {
    watermarks: new Map(complete.map(watermarkAfter)),
    lineCount: complete.reduce((sum, { lineCount }) => sum + lineCount, 0),
    rewrittenCount: loaded.filter((one) => !one.isCanonical).length,
    longLines,
    isUnchanged: async () => (await sideBySide(staged, isAsItWas)).every(Boolean),
  };
}

/** Numbers the files of all pieces in their order. */
function sourcesOf(staged: readonly Staged[]): readonly Source[] {
  let firstFile = 0;
  return staged.map((one, index) => {
    const source = { index, staged: one, firstFile };
    firstFile += one.paths.length;
    return source;
  });
}

/** `intake.files` says where lines come from, `intake.lines` will hold them. */
async function defineTables(engine: Engine, scratch: Scratch, sources: readonly Source[]): Promise<void> {
  const rows = sources.flatMap(({ index, staged: { piece, paths }, firstFile }) =>
    paths.map((_, i) => {
      const { stream, jobId: job_id, fromLine: from_line } = piece;
      return `${JSON.stringify({ file: firstFile + i, piece: index, stream, job_id, from_line })}\n`;
    }),
  );
  const path = await scratch.write('files.ndjson', rows.join(''));
  await engine.run('create schema if not exists intake');
  await engine.run(`create or replace table intake.files as select * from read_json(${literal(path)},
    format = 'newline_delimited', hive_partitioning = false, columns = {file: 'BIGINT', piece: 'BIGINT', stream: 'VARCHAR', job_id: 'VARCHAR',
      from_line: 'BIGINT'})`);
  await engine.run(`create or replace table intake.lines (${lineTable})`);
  await engine.run(`create or replace view intake.events as
    select ${lakeSelection} from intake.lines l join intake.files f using (file)`);
}

/** Writes a piece's lines one by one in canonical form; they are its first file's. */
async function rewrite(
  scratch: Scratch,
  source: Source,
  rewritten: Rewritten[],
  longLines: LongLine[],
): Promise<Loaded> {
  const met = { lineCount: 0, longLines };
  const path = await scratch.write(`rewritten-${source.index}.ndjson`, canonicalLines(source.staged.piece, met));
  rewritten.push({ file: source.firstFile, path });
  return { ...source, lineCount: met.lineCount, isCanonical: true };
}

function watermarkAfter({ staged: { piece }, lineCount }: Loaded): [string, { lines: number; bytes: number }] {
  return [piece.stream, { lines: piece.fromLine + lineCount, bytes: piece.range.to }];
}

async function isAsItWas({ piece, isInPlace }: Staged): Promise<boolean> {
  if (!isInPlace) return true;
  const now = await stat(piece.file).catch(() => undefined);
  return now?.size === piece.range.to && now.mtimeMs === piece.modifiedAt;
}
