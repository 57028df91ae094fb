import { type Engine, literal } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { lineBytesMax } from '../events/index.ts';
import type { Scratch } from '../lake/index.ts';
import { columnsLiteral, isCanonical, lineSelection, templateLines } from './contract-sql.ts';
import { hasLongLine, withOpen } from './lines.ts';
import { sideBySide } from './side-by-side.ts';
import type { Staged } from './stage.ts';

/** A piece of the intake, and the number of its first file among all files of the intake. */
export interface Source {
  readonly index: number;
  readonly staged: Staged;
  readonly firstFile: number;
}

/** What a scan found of a piece. */
export interface Loaded extends Source {
  readonly lineCount: number;
  /** Every line is canonical: its rows are what `canonicalLine` gives for each. Where not, its rows are not there. */
  readonly isCanonical: boolean;
}

/** Below this many bytes it costs less to look at each line than to find the one that DuckDB refuses. */
const halvedBytesMin = 256 * 1024;

/** Loads consecutive pieces in one scan; where DuckDB refuses one of them, each half apart. */
export async function loadJudged(
  engine: Engine,
  scratch: Scratch,
  sources: readonly Source[],
): Promise<readonly Loaded[]> {
  const [first] = sources;
  if (first === undefined) return [];
  try {
    return await loadTogether(engine, scratch, sources, first.firstFile);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // DuckDB takes all rows of a scan or none; what failed after the scan must not leave any either.
    const others = sources.map((source) => ({ ...source, lineCount: 0, isCanonical: false }));
    await withoutOthers(engine, others);
    if (sources.length === 1 || bytesOf(sources) < halvedBytesMin) return others;
    const middle = sources.length >> 1;
    const before = await loadJudged(engine, scratch, sources.slice(0, middle));
    return [...before, ...(await loadJudged(engine, scratch, sources.slice(middle)))];
  }
}

const bytesOf = (sources: readonly Source[]): number =>
  sources.reduce((sum, { staged: { piece } }) => sum + piece.range.to - piece.range.from, 0);

/** DuckDB's word for data it cannot take. Any other failure is none of the lines' fault, and looking closer mends nothing. */
const refusal = /^(Invalid Input|Conversion|Out of Memory) Error/;

const isRefusal = (error: unknown): boolean =>
  error instanceof SiltstoneError && error.code === 'engine_failed' && refusal.test(error.message);

/** Lines in canonical form, and the number of the file whose lines they are. */
export interface Rewritten {
  readonly file: number;
  readonly path: string;
}

/** DuckDB gathers the rows of each file of a scan apart, 2 MiB of empty columns at least: 600 of them took more than 600 MiB. */
const rewrittenMax = 50;

/** Loads lines that are canonical because we wrote them so. */
export async function loadCanonical(engine: Engine, rewritten: readonly Rewritten[]): Promise<void> {
  for (let at = 0; at < rewritten.length; at += rewrittenMax) {
    await loadRewritten(engine, rewritten.slice(at, at + rewrittenMax));
  }
}

async function loadRewritten(engine: Engine, rewritten: readonly Rewritten[]): Promise<void> {
  await setFiles(
    engine,
    rewritten.map(({ path }) => path),
  );
  await engine.run(`set variable intake_numbers = [${rewritten.map(({ file }) => file).join(', ')}]`);
  await engine.run(`insert into intake.lines select getvariable('intake_numbers')[cast(file_index as bigint) + 1], ${lineSelection}, true
    from read_json(getvariable('intake_paths'), format = 'newline_delimited', hive_partitioning = false,
      columns = ${columnsLiteral}) l`);
}

/**
 * One scan of all lines with the template's types, in which DuckDB refuses unknown fields. Row ids follow the order of
 * the lines in a file, so a line's number is its distance from the file's first row.
 */
async function loadTogether(
  engine: Engine,
  scratch: Scratch,
  sources: readonly Source[],
  firstFile: number,
): Promise<readonly Loaded[]> {
  const paths = sources.flatMap(({ staged }) => staged.paths);
  await setFiles(engine, [await scratch.write('template.ndjson', templateLines), ...paths]);
  await engine.run(`insert into intake.lines
    select cast(file_index as bigint) - 1 + ${firstFile}, ${lineSelection}, coalesce(${isCanonical}, false)
    from read_json(getvariable('intake_paths'), format = 'newline_delimited', hive_partitioning = false,
      maximum_sample_files = 1, sample_size = 2, map_inference_threshold = -1, field_appearance_threshold = 0, convert_strings_to_integers = false) l
    where file_index > 0`);
  const found = await engine.rows(judgement, [firstFile, firstFile + paths.length - 1]);
  const byPiece = new Map(found.map((row) => [row.piece, row]));
  const loaded = await sideBySide(sources, async (source) => {
    const row = byPiece.get(source.index);
    const isCanonical = row?.are_canonical !== false && !(await isTooLong(source.staged));
    return { ...source, lineCount: Number(row?.lines ?? 0), isCanonical };
  });
  return withoutOthers(engine, loaded);
}

/**
 * Per piece, how many lines it has, and whether each is canonical and has the number of its place: where `seq` less the
 * row id is the same in a whole file, its numbers follow each other as its lines do.
 */
const judgement = `
  with scanned as (
    select file, count(*) as lines, bool_and(is_canonical) and count(job_id) = count(*) as are_canonical,
      min(seq) as low, max(seq) as high, min(seq - rowid) = max(seq - rowid) as are_in_order,
      min(job_id) as job_low, max(job_id) as job_high
    from intake.lines where file between $1 and $2 group by file
  ),
  placed as (
    select *, from_line + coalesce(sum(lines) over (
      partition by piece order by file rows between unbounded preceding and 1 preceding), 0) as first_line
    from scanned join intake.files using (file)
  )
  select piece, sum(lines)::int as lines, bool_and(coalesce(are_canonical and are_in_order and low = first_line
    and high = first_line + lines - 1 and job_low = job_id and job_high = job_id, false)) as are_canonical
  from placed group by piece`;

/** Takes the rows of pieces with other lines out again. */
async function withoutOthers(engine: Engine, loaded: readonly Loaded[]): Promise<readonly Loaded[]> {
  const others = loaded.filter((one) => !one.isCanonical).map((one) => one.index);
  if (others.length === 0) return loaded;
  await engine.run(`delete from intake.lines
    where file in (select file from intake.files where piece in (${others.join(', ')}))`);
  return loaded;
}

const isTooLong = ({ piece }: Staged): Promise<boolean> =>
  withOpen(piece.file, (handle) => hasLongLine(handle, piece.range, lineBytesMax));

const setFiles = (engine: Engine, paths: readonly string[]): Promise<void> =>
  engine.run(`set variable intake_paths = [${paths.map(literal).join(', ')}]`);
